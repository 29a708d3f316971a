/*
 * receiver.h - from a readable socket to deliveries.
 */
#ifndef WSN_CORE_RECEIVER_H
#define WSN_CORE_RECEIVER_H

/* The loop calls this when a port (arg) is readable or writable. [loop] */
void wsn_receiver_on_event(void *arg, unsigned what);

#endif
