#!/bin/sh
# spellings.sh - headers under the spellings that programs use.
#
#     spellings.sh DIR       makes them in the directory DIR
#     spellings.sh -r DIR    removes them again
#
# On Windows <Windows.h> and <windows.h> are one file.  Each file made here
# only includes the header it is another spelling of.  Where the file system
# does not tell the spellings apart there is nothing to do.
set -u

spellings='
windows.h   Windows.h WINDOWS.H
winsnmp.h   WinSnmp.h Winsnmp.h WinSNMP.h WINSNMP.H
winsock.h   WinSock.h Winsock.h WINSOCK.H
winsock2.h  WinSock2.h Winsock2.h WINSOCK2.H
ws2tcpip.h  Ws2tcpip.h Ws2TcpIp.h WS2tcpip.h WS2TCPIP.H
windef.h    WinDef.h Windef.h WINDEF.H
winbase.h   WinBase.h Winbase.h WINBASE.H
winuser.h   WinUser.h Winuser.h WINUSER.H
wincon.h    WinCon.h Wincon.h WINCON.H
winnls.h    WinNls.h Winnls.h WINNLS.H
winspool.h  WinSpool.h Winspool.h WINSPOOL.H
shellapi.h  ShellApi.h Shellapi.h ShellAPI.h SHELLAPI.H
winsvc.h    WinSvc.h Winsvc.h WINSVC.H
mgmtapi.h   MgmtApi.h Mgmtapi.h MgmtAPI.h MGMTAPI.H
snmp.h      Snmp.h SNMP.H
strsafe.h   StrSafe.h Strsafe.h STRSAFE.H
tchar.h     TChar.h Tchar.h TCHAR.H
conio.h     Conio.h CONIO.H
process.h   Process.h PROCESS.H
SDKDDKVer.h sdkddkver.h SdkDdkVer.h'

remove=no
if [ "${1-}" = -r ]; then
    remove=yes
    shift
fi
if [ $# -ne 1 ]; then
    echo 'usage: spellings.sh [-r] DIR' >&2
    exit 2
fi
dir=$1

# Does the file system know A from a?
tells_apart()
{
    : >"$dir/.winsnmp-a" || exit 1
    [ ! -e "$dir/.winsnmp-A" ]
    result=$?
    rm -f "$dir/.winsnmp-a"
    return $result
}

[ -d "$dir" ] || exit 0
tells_apart || exit 0
echo "$spellings" | while read -r header others; do
    for other in $others; do
        if [ $remove = yes ]; then
            rm -f "$dir/$other"
        else
            printf '/* Another spelling of %s. */\n#include <%s>\n' \
                "$header" "$header" >"$dir/$other" || exit 1
        fi
    done
done
