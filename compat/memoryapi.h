/*
 * memoryapi.h - the memory functions: malloc behind five families.
 *
 * Nothing moves: a handle of GlobalAlloc is the address of its block, locked
 * or not.  Give each block back to its own family.
 */
#ifndef WINSNMP_MEMORYAPI_H
#define WINSNMP_MEMORYAPI_H

#include "winbase.h"
#include "windef.h"

#ifdef __cplusplus
extern "C" {
#endif

#define GMEM_FIXED 0x0000
#define GMEM_MOVEABLE 0x0002
#define GMEM_ZEROINIT 0x0040
#define GMEM_MODIFY 0x0080
#define GHND (GMEM_MOVEABLE | GMEM_ZEROINIT)
#define GPTR (GMEM_FIXED | GMEM_ZEROINIT)
#define LMEM_FIXED 0x0000
#define LMEM_MOVEABLE 0x0002
#define LMEM_ZEROINIT 0x0040
#define LMEM_MODIFY 0x0080
#define LHND (LMEM_MOVEABLE | LMEM_ZEROINIT)
#define LPTR (LMEM_FIXED | LMEM_ZEROINIT)

HGLOBAL WINAPI GlobalAlloc(UINT flags, SIZE_T size) WC_SYMBOL(GlobalAlloc);
HGLOBAL WINAPI GlobalReAlloc(HGLOBAL block, SIZE_T size, UINT flags)
    WC_SYMBOL(GlobalReAlloc);
HGLOBAL WINAPI GlobalFree(HGLOBAL block) WC_SYMBOL(GlobalFree);
LPVOID WINAPI GlobalLock(HGLOBAL block) WC_SYMBOL(GlobalLock);
BOOL WINAPI GlobalUnlock(HGLOBAL block) WC_SYMBOL(GlobalUnlock);
SIZE_T WINAPI GlobalSize(HGLOBAL block) WC_SYMBOL(GlobalSize);
HGLOBAL WINAPI GlobalHandle(LPCVOID memory) WC_SYMBOL(GlobalHandle);

HLOCAL WINAPI LocalAlloc(UINT flags, SIZE_T size) WC_SYMBOL(LocalAlloc);
HLOCAL WINAPI LocalReAlloc(HLOCAL block, SIZE_T size, UINT flags)
    WC_SYMBOL(LocalReAlloc);
HLOCAL WINAPI LocalFree(HLOCAL block) WC_SYMBOL(LocalFree);
LPVOID WINAPI LocalLock(HLOCAL block) WC_SYMBOL(LocalLock);
BOOL WINAPI LocalUnlock(HLOCAL block) WC_SYMBOL(LocalUnlock);
SIZE_T WINAPI LocalSize(HLOCAL block) WC_SYMBOL(LocalSize);

#define HEAP_NO_SERIALIZE 0x00000001
#define HEAP_ZERO_MEMORY 0x00000008
#define HEAP_REALLOC_IN_PLACE_ONLY 0x00000010

#define HEAP_GENERATE_EXCEPTIONS 0x00000004
#define HEAP_CREATE_ENABLE_EXECUTE 0x00040000

/*
 * A heap of its own, and all of its blocks at once.  flags are ignored: calls
 * are always in turn, and what finds no memory returns NULL.  With a maximum,
 * rounded up to whole pages, the blocks together have no more than that.
 */
HANDLE WINAPI HeapCreate(DWORD flags, SIZE_T initial, SIZE_T maximum)
    WC_SYMBOL(HeapCreate);
BOOL WINAPI HeapDestroy(HANDLE heap) WC_SYMBOL(HeapDestroy);

/* What programs share.  It cannot be destroyed. */
HANDLE WINAPI GetProcessHeap(void) WC_SYMBOL(GetProcessHeap);
LPVOID WINAPI HeapAlloc(HANDLE heap, DWORD flags, SIZE_T size)
    WC_SYMBOL(HeapAlloc);
LPVOID WINAPI HeapReAlloc(HANDLE heap, DWORD flags, LPVOID block, SIZE_T size)
    WC_SYMBOL(HeapReAlloc);
BOOL WINAPI HeapFree(HANDLE heap, DWORD flags, LPVOID block)
    WC_SYMBOL(HeapFree);
SIZE_T WINAPI HeapSize(HANDLE heap, DWORD flags, LPCVOID block)
    WC_SYMBOL(HeapSize);

#define PAGE_NOACCESS 0x01
#define PAGE_READONLY 0x02
#define PAGE_READWRITE 0x04
#define MEM_COMMIT 0x00001000
#define MEM_RESERVE 0x00002000
#define MEM_DECOMMIT 0x00004000
#define MEM_RELEASE 0x00008000

/*
 * Whole pages of zeros, for reading and writing whatever protection says.
 * Reserved memory is committed at once, and decommitted only by its release.
 */
LPVOID WINAPI VirtualAlloc(LPVOID address, SIZE_T size, DWORD type,
                           DWORD protection) WC_SYMBOL(VirtualAlloc);
BOOL WINAPI VirtualFree(LPVOID address, SIZE_T size, DWORD type)
    WC_SYMBOL(VirtualFree);

#ifdef __cplusplus
}
#endif

#endif
