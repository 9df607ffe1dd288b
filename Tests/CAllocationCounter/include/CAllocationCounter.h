/* Counts the heap allocations of the calling thread, by standing in for the C library's allocator. */
#ifndef CALLOCATIONCOUNTER_H
#define CALLOCATIONCOUNTER_H

/* Allocations of this thread since it began. */
long allocation_count(void);

/// Bytes of the heap that this thread has asked for.
long allocation_bytes(void);

#endif
