// What must be settled before the libraries are initialised, which is before main: OpenBLAS makes its threads then, and
// where the system refuses one it ends the process by SIGINT, as if a person had interrupted it.

#include "startup.h"

#include <stddef.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define VARIABLE "OPENBLAS_NUM_THREADS="

void startup_is_settled(void) {}

#if defined(__linux__) && defined(__ELF__)

// A limit of processes and threads that a person's other programs may come close to.
static const rlim_t low_limit = 4096;
enum { most_variables = 4096 };

// Neither malloc nor environ is ready here: the new environment stands on the stack.
static void settle_threads(int count, char **arguments, char **environment) {
  (void)count;
  struct rlimit limit;
  if (getrlimit(RLIMIT_NPROC, &limit) != 0 || limit.rlim_cur > low_limit) return;
  char *changed[most_variables + 2];
  size_t used = 0;
  for (char **entry = environment; *entry != NULL; entry++) {
    if (strncmp(*entry, VARIABLE, sizeof VARIABLE - 1) == 0 || used == most_variables) return;
    changed[used++] = *entry;
  }
  changed[used++] = VARIABLE "1";
  changed[used] = NULL;
  execve("/proc/self/exe", arguments, changed);
}

__attribute__((section(".preinit_array"), used)) static void (*const settle)(int, char **, char **) = settle_threads;

#endif
