#include "CAllocationCounter.h"

#include <errno.h>
#include <stddef.h>

static _Thread_local long count = 0;
static _Thread_local long bytes = 0;

long allocation_count(void) { return count; }
long allocation_bytes(void) { return bytes; }

#if defined(__linux__) && defined(__GLIBC__)
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t number, size_t size);
extern void *__libc_realloc(void *pointer, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size) {
  count++;
  bytes += (long)size;
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  count++;
  bytes += (long)(number * size);
  return __libc_calloc(number, size);
}

void *realloc(void *pointer, size_t size) {
  count++;
  bytes += (long)size;
  return __libc_realloc(pointer, size);
}

void *memalign(size_t alignment, size_t size) {
  count++;
  bytes += (long)size;
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **pointer, size_t alignment, size_t size) {
  void *found = memalign(alignment, size);
  if (!found) return ENOMEM;
  *pointer = found;
  return 0;
}
#endif
