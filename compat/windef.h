/*
 * windef.h - the Win32 types and words that ported sources expect.
 *
 * Every type has the width it has on Windows, also where the host's `long`
 * has 64 bits: LONG, DWORD and ULONG are built on int.  Nothing here needs
 * the library; the header compiles as C89 and later and as C++98 and later.
 */
#ifndef WINSNMP_WINDEF_H
#define WINSNMP_WINDEF_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Calling conventions and annotations: words without meaning here. */
#ifndef CALLBACK
#define CALLBACK
#endif
#ifndef WINAPI
#define WINAPI
#endif
#ifndef WINAPIV
#define WINAPIV
#endif
#ifndef APIENTRY
#define APIENTRY WINAPI
#endif
#ifndef APIPRIVATE
#define APIPRIVATE
#endif
#ifndef PASCAL
#define PASCAL
#endif
#ifndef CDECL
#define CDECL
#endif
#ifndef FAR
#define FAR
#endif
#ifndef NEAR
#define NEAR
#endif
#ifndef CONST
#define CONST const
#endif
#ifndef IN
#define IN
#endif
#ifndef OUT
#define OUT
#endif
#ifndef OPTIONAL
#define OPTIONAL
#endif
#ifndef __cdecl
#define __cdecl
#endif
#ifndef __stdcall
#define __stdcall
#endif
#ifndef _cdecl
#define _cdecl
#endif
#ifndef _stdcall
#define _stdcall
#endif
#ifndef __fastcall
#define __fastcall
#endif
#ifndef __forceinline
#define __forceinline __inline
#endif
#if !defined(__declspec) && !defined(_MSC_EXTENSIONS)
#define __declspec(what)
#endif
#ifndef _In_
#define _In_
#define _In_opt_
#define _In_z_
#define _Inout_
#define _Inout_opt_
#define _Out_
#define _Out_opt_
#endif
#ifdef __cplusplus
#define EXTERN_C extern "C"
#else
#define EXTERN_C extern
#endif
#define UNREFERENCED_PARAMETER(name) ((void)(name))

#ifndef FALSE
#define FALSE 0
#endif
#ifndef TRUE
#define TRUE 1
#endif

#define MAX_PATH 260

/* Sized integers of the Microsoft compiler, also after `unsigned`. */
#ifndef __int64
#define __int8 char
#define __int16 short
#define __int32 int
#define __int64 long long
#endif

/* Integers. */
#ifndef VOID
#define VOID void
#endif
typedef char CHAR;
typedef signed char INT8;
typedef unsigned char UINT8;
typedef unsigned char UCHAR;
typedef unsigned char BYTE;
#ifndef WSN_INTERNAL
typedef unsigned char byte;
#endif
typedef unsigned char BOOLEAN;
typedef short SHORT;
typedef short INT16;
typedef unsigned short USHORT;
typedef unsigned short UINT16;
typedef unsigned short WORD;
typedef unsigned short ATOM;
typedef int INT;
typedef int INT32;
typedef int LONG;
typedef int LONG32;
typedef int BOOL;
typedef int HRESULT;
typedef unsigned int UINT;
typedef unsigned int UINT32;
typedef unsigned int ULONG;
typedef unsigned int ULONG32;
typedef unsigned int DWORD;
typedef unsigned int DWORD32;
typedef unsigned int COLORREF;
typedef float FLOAT;
typedef double DOUBLE;
typedef int64_t INT64;
typedef int64_t LONG64;
typedef int64_t LONGLONG;
typedef uint64_t UINT64;
typedef uint64_t ULONG64;
typedef uint64_t ULONGLONG;
typedef uint64_t DWORD64;
typedef uint64_t DWORDLONG;

/* Integers as wide as a pointer. */
typedef intptr_t INT_PTR;
typedef intptr_t LONG_PTR;
typedef intptr_t SSIZE_T;
typedef uintptr_t UINT_PTR;
typedef uintptr_t ULONG_PTR;
typedef uintptr_t DWORD_PTR;
typedef uintptr_t SIZE_T;
typedef UINT_PTR WPARAM;
typedef LONG_PTR LPARAM;
typedef LONG_PTR LRESULT;

/* Pointers. */
typedef void *PVOID;
typedef void *LPVOID;
typedef const void *LPCVOID;
typedef CHAR *PCHAR;
typedef CHAR *PSTR;
typedef CHAR *LPSTR;
typedef const CHAR *PCSTR;
typedef const CHAR *LPCSTR;
typedef UCHAR *PUCHAR;
typedef BYTE *PBYTE;
typedef BYTE *LPBYTE;
typedef BOOLEAN *PBOOLEAN;
typedef BOOL *PBOOL;
typedef BOOL *LPBOOL;
typedef SHORT *PSHORT;
typedef USHORT *PUSHORT;
typedef WORD *PWORD;
typedef WORD *LPWORD;
typedef INT *PINT;
typedef INT *LPINT;
typedef UINT *PUINT;
typedef LONG *PLONG;
typedef LONG *LPLONG;
typedef ULONG *PULONG;
typedef DWORD *PDWORD;
typedef DWORD *LPDWORD;
typedef FLOAT *PFLOAT;
typedef LONGLONG *PLONGLONG;
typedef ULONGLONG *PULONGLONG;
typedef LONG_PTR *PLONG_PTR;
typedef ULONG_PTR *PULONG_PTR;
typedef DWORD_PTR *PDWORD_PTR;
typedef SIZE_T *PSIZE_T;

/* Wide characters are the host's, so that L"text" suits them. */
typedef wchar_t WCHAR;
typedef WCHAR *PWCHAR;
typedef WCHAR *PWSTR;
typedef WCHAR *LPWSTR;
typedef const WCHAR *PCWSTR;
typedef const WCHAR *LPCWSTR;

/* Names of text built for the 8-bit character set, the only one offered. */
typedef char TCHAR;
typedef TCHAR *PTSTR;
typedef TCHAR *LPTSTR;
typedef const TCHAR *PCTSTR;
typedef const TCHAR *LPCTSTR;
#ifndef TEXT
#define TEXT(quote) quote
#endif

/* Handles.  Distinct structures that nobody defines keep them apart. */
#define DECLARE_HANDLE(name) \
    struct name##__;         \
    typedef struct name##__ *name

typedef void *HANDLE;
typedef HANDLE *PHANDLE;
typedef HANDLE *LPHANDLE;
typedef HANDLE HGLOBAL;
typedef HANDLE HLOCAL;
typedef HANDLE GLOBALHANDLE;
typedef HANDLE LOCALHANDLE;
typedef void *HGDIOBJ;
typedef int HFILE;
DECLARE_HANDLE(HWND);
DECLARE_HANDLE(HINSTANCE);
typedef HINSTANCE HMODULE;
DECLARE_HANDLE(HMENU);
DECLARE_HANDLE(HICON);
typedef HICON HCURSOR;
DECLARE_HANDLE(HBRUSH);
DECLARE_HANDLE(HFONT);
DECLARE_HANDLE(HDC);
DECLARE_HANDLE(HKEY);
typedef HKEY *PHKEY;

typedef INT_PTR(FAR WINAPI *FARPROC)(void);
typedef INT_PTR(FAR WINAPI *PROC)(void);

/* 64-bit numbers in two halves, in the order of the host. */
#if defined(__BYTE_ORDER__) && defined(__ORDER_BIG_ENDIAN__) && \
    __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define WC_HALVES(low_type, high_type) \
    high_type HighPart;                \
    low_type LowPart;
#else
#define WC_HALVES(low_type, high_type) \
    low_type LowPart;                  \
    high_type HighPart;
#endif

/* The halves without a name are a C11 and GNU feature. */
#if defined(__GNUC__)
#define WC_NAMELESS __extension__ struct
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#define WC_NAMELESS struct
#endif

typedef union _LARGE_INTEGER {
#ifdef WC_NAMELESS
    /* clang-format off */
    WC_NAMELESS {
        WC_HALVES(DWORD, LONG)
    };
    /* clang-format on */
#endif
    struct {
        WC_HALVES(DWORD, LONG)
    } u;
    LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;

typedef union _ULARGE_INTEGER {
#ifdef WC_NAMELESS
    /* clang-format off */
    WC_NAMELESS {
        WC_HALVES(DWORD, DWORD)
    };
    /* clang-format on */
#endif
    struct {
        WC_HALVES(DWORD, DWORD)
    } u;
    ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;

#undef WC_NAMELESS
#undef WC_HALVES

typedef struct tagPOINT {
    LONG x;
    LONG y;
} POINT, *PPOINT, *LPPOINT;

typedef struct tagSIZE {
    LONG cx;
    LONG cy;
} SIZE, *PSIZE, *LPSIZE;

typedef struct tagRECT {
    LONG left;
    LONG top;
    LONG right;
    LONG bottom;
} RECT, *PRECT, *LPRECT;

typedef struct _FILETIME {
    DWORD dwLowDateTime;
    DWORD dwHighDateTime;
} FILETIME, *PFILETIME, *LPFILETIME;

/* Putting words together and taking them apart. */
#define MAKEWORD(low, high)                       \
    ((WORD)(((BYTE)(((DWORD_PTR)(low)) & 0xff)) | \
            ((WORD)((BYTE)(((DWORD_PTR)(high)) & 0xff))) << 8))
#define MAKELONG(low, high)                         \
    ((LONG)(((WORD)(((DWORD_PTR)(low)) & 0xffff)) | \
            ((DWORD)((WORD)(((DWORD_PTR)(high)) & 0xffff))) << 16))
#define LOWORD(l) ((WORD)(((DWORD_PTR)(l)) & 0xffff))
#define HIWORD(l) ((WORD)((((DWORD_PTR)(l)) >> 16) & 0xffff))
#define LOBYTE(w) ((BYTE)(((DWORD_PTR)(w)) & 0xff))
#define HIBYTE(w) ((BYTE)((((DWORD_PTR)(w)) >> 8) & 0xff))

#define ARRAYSIZE(array) (sizeof(array) / sizeof((array)[0]))
#if !defined(NOMINMAX) && !defined(__cplusplus)
#ifndef max
#define max(a, b) ((a) > (b) ? (a) : (b))
#endif
#ifndef min
#define min(a, b) ((a) < (b) ? (a) : (b))
#endif
#endif

#define MAKEWPARAM(low, high) ((WPARAM)(DWORD)MAKELONG(low, high))
#define MAKELPARAM(low, high) ((LPARAM)(DWORD)MAKELONG(low, high))
#define MAKELRESULT(low, high) ((LRESULT)(DWORD)MAKELONG(low, high))

#ifdef __cplusplus
}
#endif

#endif
