#include "state.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static volatile int store = -1, standard_error = -1;

void hold_messages(void) {
  if (store >= 0 || !isatty(STDERR_FILENO)) return;
  standard_error = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  store = memfd_create("messages", MFD_CLOEXEC);
  if (standard_error >= 0 && store >= 0) dup2(store, STDERR_FILENO);
}

/* Safe in a signal handler. */
void release_messages(void) {
  if (store < 0 || standard_error < 0) return;
  char text[1024];
  ssize_t count;
  dup2(standard_error, STDERR_FILENO);
  lseek(store, 0, SEEK_SET);
  while ((count = read(store, text, sizeof text)) > 0) write_all(text, (size_t)count);
  close(store);
  close(standard_error);
  store = standard_error = -1;
}
