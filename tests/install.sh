#!/bin/sh
# install.sh - an installed library is found by pkg-config alone, works from
# C and C++, and can be uninstalled again.

. "${top_srcdir:-.}/tests/support/tap.sh"

make=${MAKE:-make}
root=$work/root

check 'make install' "$make" -C "$builddir" install "DESTDIR=$root"

pc=$(find "$root" -name winsnmp.pc)
[ -f "$pc" ]
report $? 'winsnmp.pc is installed'
PKG_CONFIG_PATH=$(dirname "$pc")
PKG_CONFIG_SYSROOT_DIR=$root
LD_LIBRARY_PATH=$(dirname "$PKG_CONFIG_PATH")
export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR LD_LIBRARY_PATH

# ---- pkg-config and CMake ---------------------------------------------------

for module in winsnmp winsnmp-winmain snmpapi mgmtapi; do
    check "pkg-config knows $module, and what it needs" \
        pkg-config --print-errors --exists $module
    check "$module.pc leads to the library" \
        sh -c "pkg-config --libs $module | grep -qw -- -lwinsnmp"
    check "$module can be linked statically" \
        sh -c "pkg-config --static --libs $module | grep -q -- -levent"
    check "$module.pc is valid" pkg-config --validate $module
done

# In a whole root there would be the headers of libevent, too: CMake looks.
with_cmake()
{
    mkdir -p "$root/usr/include"
    cmake -S "$srcdir/examples/cmake" -B "$work/cmake" \
        -DCMAKE_C_COMPILER="${CC:-cc}" && cmake --build "$work/cmake" || return 1
    "$work/cmake/get_callback" >"$work/usage" 2>&1
    grep -q usage "$work/usage"
}
if command -v cmake >/dev/null 2>&1; then
    check 'CMake builds a program with it' with_cmake
else
    skip 'cmake is not installed'
fi

# ---- programs ----------------------------------------------------------------

# Starts up, makes an object identifier and reads the version, as C89 or C++98.
cat >"$work/program.c" <<'END'
#include <winsnmp.h>
#include <winsnmp_posix.h>
#include <stdio.h>

int main(void)
{
    smiUINT32 major = 0, minor = 0, level = 0, translate = 0, retransmit = 0;
    char text[MAXOBJIDSTRSIZE];
    smiOID oid;

    if (SnmpStartup(&major, &minor, &level, &translate, &retransmit) ==
        SNMPAPI_FAILURE)
        return 1;
    if (SnmpStrToOid("1.3.6.1.2.1.1", &oid) != 7)
        return 2;
    if (SnmpOidToStr(&oid, sizeof(text), text) == SNMPAPI_FAILURE)
        return 3;
    if (SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid) ==
        SNMPAPI_FAILURE)
        return 4;
    if (SnmpCleanup() == SNMPAPI_FAILURE)
        return 5;
    printf("WinSNMP %u.%u %s\n", major, minor, text);
    return 0;
}
END

# The flags are split into words on purpose, as a makefile would.
built()
{
    out=$1
    shift
    "$@" -o "$out" $(pkg-config --cflags --libs winsnmp)
}

says_version()
{
    [ "$("$1")" = 'WinSNMP 2.0 1.3.6.1.2.1.1' ]
}

check 'a C program builds' built "$work/c" ${CC:-cc} -std=c89 -Wall -Wextra \
    -Wpedantic -Werror "$work/program.c"
check 'it runs' says_version "$work/c"
check 'a C++ program builds' built "$work/c++" ${CXX:-c++} -std=c++98 -Wall \
    -Wextra -Wpedantic -Werror -x c++ "$work/program.c" -x none
check 'it runs' says_version "$work/c++"

# As programs spell them, where the file system knows the difference.
sed 's/<winsnmp\.h>/<WinSnmp.h>/; s/<stdio\.h>/<Windows.h>/' "$work/program.c" \
    >"$work/spelled.c"
check 'the headers are found under other spellings' built "$work/spelled" \
    ${CC:-cc} "$work/spelled.c"

# The companion interfaces go by the names of their Windows libraries.
cat >"$work/names.c" <<'END'
#include <mgmtapi.h>

int main(void)
{
    char name[] = "system.sysDescr.0";
    AsnObjectIdentifier oid;

    if (!SnmpMgrStrToOid(name, &oid))
        return 1;
    SnmpUtilPrintOid(&oid);
    SnmpUtilOidFree(&oid);
    return 0;
}
END
finds_name()
{
    ${CC:-cc} -std=c89 -Wall -Wextra -Wpedantic -Werror -o "$work/names" \
        "$work/names.c" $(pkg-config --cflags --libs snmpapi mgmtapi) &&
        [ "$("$work/names")" = 1.3.6.1.2.1.1.1.0 ]
}
check 'a program of the management interface builds and runs' finds_name

# Without main, and with one that is taken instead.
cat >"$work/winmain.c" <<'END'
#include <windows.h>

int WINAPI WinMain(HINSTANCE instance, HINSTANCE previous, LPSTR command_line,
                   int show)
{
    return lstrcmp(command_line, "a \"b c\"") == 0 ? 5 : 1;
}
END
starts_in_winmain()
{
    ${CC:-cc} -o "$work/winmain" "$work/winmain.c" \
        $(pkg-config --cflags --libs winsnmp-winmain) &&
        ${CC:-cc} -o "$work/main" "$work/program.c" \
            $(pkg-config --cflags --libs winsnmp-winmain) || return 1
    "$work/winmain" a 'b c'
    [ $? -eq 5 ] && says_version "$work/main"
}
check 'a program may start in WinMain' starts_in_winmain

# The example, with nothing but pkg-config, hears a trap.  It says first where
# it listens; "timeout" ends it should the trap not come.  hears_trap OPTION...
hears_trap()
{
    rm -f "$work/says"
    mkfifo "$work/says" || return 1
    timeout 30 "$work/traplisten" --port 0 --count 1 "$@" >"$work/says" &
    listener=$!
    exec 3<"$work/says"
    read -r line <&3 || return 1
    MIBS='' SNMPCONFPATH=$work SNMP_PERSISTENT_DIR=$work snmptrap -v 2c \
        -c public "127.0.0.1:${line##* }" 4200 1.3.6.1.6.3.1.1.5.1 \
        1.3.6.1.2.1.1.6.0 s 'heard after installation' || return 1
    cat <&3 >"$work/heard"
    wait "$listener" || return 1
    cat "$work/heard"
    grep -q 'heard after installation' "$work/heard"
}

for example in "$srcdir"/examples/*.c; do
    name=$(basename "$example" .c)
    check "the example $name builds" built "$work/$name" ${CC:-cc} "$example"
done
if command -v snmptrap >/dev/null 2>&1; then
    check 'traplisten hears a trap by callback' hears_trap
    check 'traplisten hears a trap by window message' hears_trap --window
else
    skip 'snmptrap is not installed'
fi

check 'make uninstall' "$make" -C "$builddir" uninstall "DESTDIR=$root"
find "$root" ! -type d >"$work/left"
report_empty "$work/left" 'nothing is left'

finish
