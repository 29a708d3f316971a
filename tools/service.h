/*
 * service.h - being a service: telling the service manager, and giving up
 * rights that are not needed any more.
 */
#ifndef WSN_TOOLS_SERVICE_H
#define WSN_TOOLS_SERVICE_H

/*
 * Tells a service manager that listens on $NOTIFY_SOCKET, such as systemd,
 * what state this is: "READY=1", "STOPPING=1".  Nothing happens where there
 * is none.
 */
void service_tell(const char *state);

/* Becomes that user for good, with the user's groups; or ends the program. */
void service_become(const char *user);

#endif
