#include "state.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>

static const struct {
  int signal;
  uint32_t meaning;
} messages[] = {
  {SIGWINCH, TERMINAL_RESIZED}, {SIGCONT, TERMINAL_CONTINUED}, {SIGTSTP, TERMINAL_STOP},
  {SIGINT, TERMINAL_INTERRUPT}, {SIGTERM, TERMINAL_END},       {SIGHUP, TERMINAL_LOST},
};
static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGQUIT};
enum {
  MESSAGES = sizeof messages / sizeof *messages,
  CRASHES = sizeof crashes / sizeof *crashes,
  ALTERNATE_STACK = 64 * 1024
};

static struct sigaction before_messages[MESSAGES], before_crashes[CRASHES];
static _Atomic uint32_t arrived;
static bool installed;
static int waker = -1;
static void *alternate_stack;

static void note(int signal) {
  int error = errno;
  for (int i = 0; i < MESSAGES; i++)
    if (messages[i].signal == signal) atomic_fetch_or(&arrived, messages[i].meaning);
  terminal_wake(waker);
  errno = error;
}

/* Gives the terminal back, then lets the handler from before have the crash: a fault happens again when this
   returns; a signal that was sent, or a trap that has passed its instruction, is sent again. */
static void crash(int signal, siginfo_t *information, void *context) {
  (void)context;
  restore_terminal();
  for (int i = 0; i < CRASHES; i++)
    if (crashes[i] == signal) sigaction(signal, &before_crashes[i], NULL);
  if (information->si_code <= 0 || signal == SIGTRAP || signal == SIGQUIT) raise(signal);
}

/* Room for the handler when the stack has run over. */
static void open_stack(void) {
  stack_t now;
  if (sigaltstack(NULL, &now) != 0 || !(now.ss_flags & SS_DISABLE)) return;
  if (!alternate_stack) alternate_stack = malloc(ALTERNATE_STACK);
  stack_t stack = {.ss_sp = alternate_stack, .ss_size = ALTERNATE_STACK};
  if (alternate_stack) sigaltstack(&stack, NULL);
}

bool open_signals(void) {
  if (waker < 0) waker = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (waker < 0) return false;
  atomic_store(&arrived, 0);
  open_stack();
  struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};
  for (int i = 0; i < MESSAGES; i++) {
    sigaction(messages[i].signal, NULL, &before_messages[i]);
    /* Who started this may have wanted it deaf: nohup, a shell without job control. */
    if (before_messages[i].sa_handler != SIG_IGN) sigaction(messages[i].signal, &action, NULL);
  }
  struct sigaction last = {.sa_sigaction = crash, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  for (int i = 0; i < CRASHES; i++) sigaction(crashes[i], &last, &before_crashes[i]);
  return installed = true;
}

/* The waker's descriptor stays open, for the next terminal too: another thread may be about to use it. */
void close_signals(void) {
  if (!installed) return;
  installed = false;
  for (int i = 0; i < MESSAGES; i++) sigaction(messages[i].signal, &before_messages[i], NULL);
  for (int i = 0; i < CRASHES; i++) sigaction(crashes[i], &before_crashes[i], NULL);
}

void stop_group(void) {
  struct sigaction stop = {.sa_handler = SIG_DFL}, ours;
  sigaction(SIGTSTP, NULL, &ours);
  if (ours.sa_handler == SIG_IGN) return;
  sigaction(SIGTSTP, &stop, NULL);
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &ours, NULL);
  atomic_fetch_and(&arrived, ~(uint32_t)(TERMINAL_STOP | TERMINAL_CONTINUED));
  atomic_fetch_or(&arrived, TERMINAL_RESIZED);
}

uint32_t terminal_signals(void) { return atomic_exchange(&arrived, 0); }

int32_t terminal_waker(void) { return waker; }

void terminal_wake(int32_t descriptor) { eventfd_write(descriptor, 1); }

int32_t terminal_wait(int64_t nanoseconds) {
  struct timespec time = {nanoseconds / 1000000000, nanoseconds % 1000000000};
  struct pollfd sources[] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = waker, .events = POLLIN}};
  if (ppoll(sources, 2, nanoseconds < 0 ? NULL : &time, NULL) <= 0) return 0;
  eventfd_t count;
  if (sources[1].revents & POLLIN) eventfd_read(waker, &count);
  int32_t happened = sources[0].revents & POLLIN ? TERMINAL_INPUT : 0;
  return sources[0].revents & (POLLHUP | POLLERR | POLLNVAL) ? happened | TERMINAL_HUNG_UP : happened;
}

uint64_t terminal_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}
