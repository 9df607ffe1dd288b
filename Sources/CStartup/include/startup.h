#ifndef DEQ_STARTUP_H
#define DEQ_STARTUP_H

/// Does nothing: to call it is to have this part linked, which acts before main.
void startup_is_settled(void);

#endif
