/*
 * SDKDDKVer.h - which Windows a program is written for: any.
 */
#ifndef WINSNMP_SDKDDKVER_H
#define WINSNMP_SDKDDKVER_H

#ifndef _WIN32_WINNT
#define _WIN32_WINNT 0x0601
#endif
#ifndef WINVER
#define WINVER _WIN32_WINNT
#endif

#endif
