/*
 * tchar.h - text of either kind; here it is always the 8-bit one.
 */
#ifndef WINSNMP_TCHAR_H
#define WINSNMP_TCHAR_H

#include "wincrt.h"

#define _T(quote) quote
#define _TEXT(quote) quote
#define _TCHAR TCHAR
typedef int _TINT;

#define _tmain main
#define _tWinMain WinMain

/* ---- Text ------------------------------------------------------------ */

#define _tcslen strlen
#define _tcsclen strlen
#define _tcsnlen strnlen
#define _tcscpy strcpy
#define _tcsncpy strncpy
#define _tcscat strcat
#define _tcsncat strncat
#define _tcscmp strcmp
#define _tcsncmp strncmp
#define _tcsicmp _stricmp
#define _tcsnicmp _strnicmp
#define _tcschr strchr
#define _tcsrchr strrchr
#define _tcsstr strstr
#define _tcstok strtok
#define _tcstok_s strtok_s
#define _tcspbrk strpbrk
#define _tcsspn strspn
#define _tcscspn strcspn
#define _tcsdup _strdup
#define _tcslwr _strlwr
#define _tcsupr _strupr
#define _tcscpy_s strcpy_s
#define _tcsncpy_s strncpy_s
#define _tcscat_s strcat_s
#define _tcsncat_s strncat_s

/* ---- Characters ------------------------------------------------------ */

#define _istalnum isalnum
#define _istalpha isalpha
#define _istdigit isdigit
#define _istprint isprint
#define _istpunct ispunct
#define _istspace isspace
#define _istxdigit isxdigit
#define _istupper isupper
#define _istlower islower
#define _totupper toupper
#define _totlower tolower

/* ---- Numbers --------------------------------------------------------- */

#define _ttoi atoi
#define _tstoi atoi
#define _ttol atol
#define _tstol atol
#define _tstof atof
#define _ttoi64 _atoi64
#define _tstoi64 _atoi64
#define _tcstol strtol
#define _tcstoul strtoul
#define _tcstod strtod
#define _tcstoui64 _strtoui64
#define _itot _itoa
#define _ltot _ltoa
#define _ultot _ultoa
#define _itot_s _itoa_s
#define _ltot_s _ltoa_s
#define _ultot_s _ultoa_s

/* ---- Input and output ------------------------------------------------ */

#define _tprintf printf
#define _ftprintf fprintf
#define _stprintf sprintf
#define _stprintf_s sprintf_s
#define _sntprintf _snprintf
#define _sntprintf_s _snprintf_s
#define _sctprintf _scprintf
#define _vtprintf vprintf
#define _vftprintf vfprintf
#define _vstprintf vsprintf
#define _vstprintf_s vsprintf_s
#define _vsntprintf _vsnprintf
#define _vsntprintf_s _vsnprintf_s
#define _vsctprintf _vscprintf
#define _tscanf scanf
#define _stscanf sscanf
#define _ftscanf fscanf
#define _puttchar putchar
#define _gettchar getchar
#define _putts puts
#define _fputts fputs
#define _fgetts fgets
#define _tfopen fopen
#define _tfopen_s fopen_s
#define _tperror perror
#define _tgetenv getenv
#define _tsystem system
#define _tremove remove
#define _trename rename

#endif
