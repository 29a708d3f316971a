/*
 * winsock.h - the older name of winsock2.h.
 */
#ifndef WINSNMP_WINSOCK_H
#define WINSNMP_WINSOCK_H

#include "winsock2.h"

#endif
