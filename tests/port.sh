#!/bin/sh
# port.sh - programs written for Windows compile as they are, here and for
# Windows, and do their work with Net-SNMP on the other side.

. "${top_srcdir:-.}/tests/support/tap.sh"
. "$srcdir/tests/support/netsnmp.sh"

programs=$srcdir/examples/port
library=$builddir/.libs
case $library in
    /*) ;;
    *) library=$PWD/$library ;;
esac

spelled=$work/spelled
mkdir "$spelled" && sh "$srcdir/compat/spellings.sh" "$spelled"

# ---- compiling -------------------------------------------------------------

# each EXTENSION COMMAND... - the command compiles all with that extension.
each()
{
    extension=$1 status=0
    shift
    for file in "$programs"/*."$extension"; do
        "$@" "$file" || status=1
    done
    return $status
}

# NULL for a number is usual in such programs, and compilers warn of it.
for compiler in gcc clang; do
    command -v $compiler >/dev/null 2>&1 || continue
    for standard in gnu99 gnu11 gnu17; do
        check "they compile, $compiler -std=$standard" each c $compiler \
            -std=$standard -Wall -Wextra -Werror -fsyntax-only -I "$spelled" \
            $ours
    done
done
for compiler in g++ clang++; do
    command -v $compiler >/dev/null 2>&1 || continue
    for standard in gnu++11 gnu++14 gnu++17; do
        check "they compile, $compiler -std=$standard" each cpp $compiler \
            -std=$standard -Wall -fsyntax-only -I "$spelled" $ours
    done
done

# linked COMMAND... - builds every program into $work.
linked()
{
    for file in "$programs"/*.c "$programs"/*.cpp; do
        name=$(basename "$file")
        case $file in
            *.c) compiler=$c ;;
            *) compiler=$cxx ;;
        esac
        $compiler "$file" "$@" -o "$work/${name%.*}$suffix" || return 1
    done
}

# Theirs is called sdkddkver.h, and there is no library to link with: one is
# made from the names of the interface.
for_windows()
{
    mkdir "$work/windows" &&
        sh "$srcdir/compat/spellings.sh" "$work/windows" &&
        rm "$work/windows/sdkddkver.h" &&
        echo '#include <sdkddkver.h>' >"$work/windows/SDKDDKVer.h" || return 1
    {
        echo 'LIBRARY wsnmp32.dll'
        echo 'EXPORTS'
        grep '^Snmp' "$srcdir/lib/api/winsnmp.sym" | grep -v '^SnmpPosix'
    } >"$work/wsnmp32.def"
    x86_64-w64-mingw32-dlltool -d "$work/wsnmp32.def" \
        -l "$work/windows/libwsnmp32.a" || return 1
    c=x86_64-w64-mingw32-gcc cxx=x86_64-w64-mingw32-g++ suffix=.exe
    linked -I "$work/windows" -L "$work/windows" -lwsnmp32 -lws2_32
}
if command -v x86_64-w64-mingw32-g++ >/dev/null 2>&1 &&
    command -v x86_64-w64-mingw32-dlltool >/dev/null 2>&1; then
    check 'they compile and link for Windows' for_windows
else
    skip 'there is no compiler for Windows'
fi

# ---- running ---------------------------------------------------------------

if [ ! -f "$library/libwinsnmp.so" ]; then
    skip 'no shared library was built'
    finish
    exit
fi
c=${CC:-cc} cxx=${CXX:-c++} suffix=
# The last one has no main; the others have one and need none.
check 'they link' linked -I "$spelled" $ours -L "$builddir" \
    -lwinsnmp-winmain -L "$library" -lwinsnmp -Wl,-rpath,"$library" -pthread
if ! has_netsnmp; then
    skip 'Net-SNMP is not installed'
    finish
    exit
fi

# says TEXT COMMAND... - the command succeeds and says just that.
says()
{
    text=$1
    shift
    said=$(timeout 60 "$@") || {
        echo "exit code $?"
        return 1
    }
    [ "$said" = "$text" ] || {
        echo "it says: $said"
        echo "not: $text"
        return 1
    }
}

system=1.3.6.1.2.1.1
printf 'rwcommunity public\nsysName agent\nsysLocation here\n' \
    >"$work/snmpd.conf"
if ! try_ports start_agent; then
    explain "$work/snmpd.log"
    report 1 'an agent starts'
    finish
    exit
fi

check 'a callback receives a text' says agent \
    "$work/callback_recv" 127.0.0.1 $port public $system.5.0
object=$(snmpget -v 2c -c public -Oqvn "127.0.0.1:$port" $system.2.0)
check 'a callback receives an object identifier' says "${object#.}" \
    "$work/callback_recv" 127.0.0.1 $port public $system.2.0

walked()
{
    timeout 60 "$work/callback_event" 127.0.0.1 $port public $system \
        >"$work/walk" || return 1
    snmpwalk -v 1 -c public -Onq "127.0.0.1:$port" $system |
        sed -n 's/^\.\([0-9.]*\) .*/\1/p' | LC_ALL=C sort >"$work/theirs"
    sed 's/ .*//' "$work/walk" | LC_ALL=C sort >"$work/names"
    # sysName is an octet string, as in winsnmp.h.
    equal "$work/theirs" "$work/names" &&
        grep -qx "$system\.5\.0 4" "$work/walk"
}
check 'a callback sets an event, a thread walks' walked

check 'a hidden window gets messages' says "$system.5.0 = agent
$system.6.0 = here" "$work/hidden_window" 127.0.0.1 $port public \
    $system.5.0 $system.6.0

check 'a program starts in WinMain' says agent \
    "$work/win_main" 127.0.0.1 $port public $system.5.0
check 'WinMain returns the exit code' gives 2 "$work/win_main"

# As on Windows, a session that cannot notify is refused, unless one asks.
check 'polling is refused' gives 2 \
    "$work/polled" 127.0.0.1 $port public $system.5.0
printf '[library]\nsession_without_notification = on\n' >"$WINSNMP_CONF"
check 'polling, when it is switched on' says agent \
    "$work/polled" 127.0.0.1 $port public $system.5.0
kill $agent
ended $agent

# ---- traps -----------------------------------------------------------------

trap_arrives()
{
    timeout 60 "$work/trap_sender" 127.0.0.1 $port public \
        1.3.6.1.4.1.8072.9999.1 'from a port' || return 1
    settled 100 $trapd inform_answered
    grep -F '.1.3.6.1.4.1.8072.9999.1' "$work/traps" |
        grep -F 'STRING: "from a port"'
}

if try_ports start_trapd; then
    check 'a trap is sent' trap_arrives
    kill $trapd
    ended $trapd
else
    report 1 'snmptrapd starts'
fi

# Starts the service on $port; what it says is to be read from descriptor 3.
start_service()
{
    printf '[library]\ntrap_port = %s\n' "$port" >"$WINSNMP_CONF"
    rm -f "$work/says"
    mkfifo "$work/says" || return 1
    timeout -k 20 60 "$work/trap_service" $service_arguments >"$work/says" &
    service=$!
    started $service
    exec 3<"$work/says"
    read -r line <&3 && [ "${line#* }" = running ]
}

# heard TEXT - the next line, without its date.
heard()
{
    read -r line <&3
    [ "${line#* }" = "$1" ] && return
    echo "it says: $line"
    return 1
}

# "timeout" passes the signal on.
served()
{
    try_ports start_service || return 1
    snmptrap -v 1 -c public "127.0.0.1:$port" '' 127.0.0.1 0 0 7 &&
        heard '127.0.0.1 public 1.3.6.1.6.3.1.1.5.1, 3 varbinds' &&
        timeout 60 "$work/trap_sender" 127.0.0.1 "$port" private \
            1.3.6.1.4.1.8072.9999.2 text &&
        heard '127.0.0.1 private 1.3.6.1.4.1.8072.9999.2, 3 varbinds'
    result=$?
    kill -s "$1" $service
    [ $result -eq 0 ] && heard stopped && ended $service
}

service_arguments=
check 'a service hears traps until SIGTERM' served TERM
service_arguments=-console
check 'so it does as a console program until SIGINT' served INT

finish
