#!/bin/sh
# header_order.sh - our headers do no harm to the standard ones, nor these to
# ours, whichever comes first.

. "${top_srcdir:-.}/tests/support/tap.sh"

ours='winsnmp.h windows.h winsock2.h ws2tcpip.h tchar.h strsafe.h conio.h
    process.h mgmtapi.h SDKDDKVer.h'

c_headers='assert.h complex.h ctype.h errno.h fenv.h float.h inttypes.h
    iso646.h limits.h locale.h math.h setjmp.h signal.h stdalign.h stdarg.h
    stdatomic.h stdbit.h stdbool.h stdckdint.h stddef.h stdint.h stdio.h
    stdlib.h stdnoreturn.h string.h tgmath.h threads.h time.h uchar.h wchar.h
    wctype.h'
posix_headers='dirent.h dlfcn.h fcntl.h grp.h net/if.h netdb.h netinet/tcp.h
    poll.h pthread.h pwd.h regex.h sched.h semaphore.h strings.h sys/mman.h
    sys/resource.h sys/stat.h sys/time.h sys/un.h sys/wait.h syslog.h
    termios.h unistd.h'
cpp98_headers='algorithm bitset cassert cctype cerrno cfloat climits clocale
    cmath complex csetjmp csignal cstdarg cstddef cstdio cstdlib cstring ctime
    cwchar cwctype deque exception fstream functional iomanip ios iosfwd
    iostream istream iterator limits list locale map memory new numeric
    ostream queue set sstream stack stdexcept streambuf string strstream
    typeinfo utility valarray vector'
cpp11_headers='array atomic cfenv chrono cinttypes condition_variable cuchar
    forward_list future initializer_list mutex random ratio regex
    scoped_allocator system_error thread tuple type_traits typeindex
    unordered_map unordered_set'
cpp14_headers='any barrier bit charconv compare concepts execution expected
    filesystem format generator latch mdspan memory_resource numbers optional
    print ranges semaphore shared_mutex source_location span spanstream
    stacktrace stdfloat stop_token string_view syncstream variant version'

flags="-Wall -Wextra -Werror -fsyntax-only -I $srcdir/include
    -I $srcdir/compat"

# includes FILE HEADER... - a source that includes them in this order, as far
# as the compiler has them.
includes()
{
    source=$1
    shift
    printf '#if __has_include(<%s>)\n#include <%s>\n#endif\n' \
        $(for header in "$@"; do echo "$header" "$header"; done) >"$source"
    echo 'extern int unused;' >>"$source"
}

# Headers of old times warn that they are that.
compile()
{
    $compiler -x "$language" -std="$standard" $flags -Wno-deprecated \
        -Wno-cpp "$@"
}

# orders HEADER... - once ours come first, once last.
orders()
{
    includes "$work/first" $ours "$@"
    includes "$work/last" "$@" $ours
    compile "$work/first" && compile "$work/last"
}

# in_order LANGUAGE COMPILER STANDARD HEADER...
in_order()
{
    language=$1 compiler=$2 standard=$3
    shift 3
    command -v "$compiler" >/dev/null 2>&1 || {
        skip "$compiler is not installed"
        return
    }
    check "$compiler -std=$standard" orders "$@"
}

for compiler in gcc clang; do
    for standard in c99 c11 gnu11 c2x; do
        in_order c $compiler $standard $c_headers $posix_headers
    done
done
for compiler in g++ clang++; do
    in_order c++ $compiler c++98 $cpp98_headers
    in_order c++ $compiler c++11 $cpp98_headers $cpp11_headers
    for standard in c++14 c++17 c++20; do
        in_order c++ $compiler $standard $cpp98_headers $cpp11_headers \
            $cpp14_headers
    done
done

# ---- among themselves ------------------------------------------------------

permutations()
{
    for order in 'winsnmp windows winsock2' 'winsnmp winsock2 windows' \
        'windows winsnmp winsock2' 'windows winsock2 winsnmp' \
        'winsock2 winsnmp windows' 'winsock2 windows winsnmp'; do
        includes "$work/source" $(for name in $order; do echo "$name.h"; done)
        "$@" $flags "$work/source" || return 1
    done
}
check 'ours in any order, C' permutations "${CC:-cc}" -x c
check 'ours in any order, C++' permutations "${CXX:-c++}" -x c++

# ---- switches --------------------------------------------------------------

# compiles LANGUAGE FLAG... - the source on standard input.
compiles()
{
    language=$1
    shift
    cat >"$work/source"
    case $language in
        c) "${CC:-cc}" -x c $flags "$@" "$work/source" ;;
        *) "${CXX:-c++}" -x c++ $flags "$@" "$work/source" ;;
    esac
}

check 'WINSNMP_MINIMAL brings types and nothing else' compiles c \
    -DWINSNMP_MINIMAL <<'TEXT'
#include <winsnmp.h>
#if defined(WINSNMP_WINBASE_H) || defined(WINSNMP_WINUSER_H) || \
    defined(CreateEvent) || defined(EOF) || defined(INVALID_SOCKET)
#error more than types
#endif
static HWND Sleep, CreateEvent, printf, strlen, socket;
smiVALUE value;
int main(void) { return Sleep || CreateEvent || printf || strlen || socket; }
TEXT
check 'WINSNMP_SEALED' compiles c++ -DWINSNMP_SEALED -std=c++11 <<'TEXT'
#include <winsnmp.h>
#include <string>
class Manager sealed { };
TEXT
check 'WINSNMP_ALGORITHM' compiles c++ -DWINSNMP_ALGORITHM <<'TEXT'
#include <winsnmp.h>
long dots(const char *a, const char *b) { return std::count(a, b, '.'); }
TEXT
check 'WINSNMP_SEH' compiles c++ -DWINSNMP_SEH <<'TEXT'
#include <string>
#include <windows.h>
int f(int x)
{
    __try {
        if (x > 0)
            __leave;
        x = 5;
    }
    __finally {
        x++;
    }
    return x;
}
TEXT
check 'WINSNMP_ULONG_OVERLOADS' compiles c++ -DWINSNMP_ULONG_OVERLOADS <<'TEXT'
#include <winsnmp.h>
int main()
{
    unsigned long a, b, c, d, e;
    smiUINT32 x;
    SnmpStartupEx(&x, &x, &x, &x, &x);
    return SnmpStartup(&a, &b, &c, &d, &e) != SNMPAPI_SUCCESS;
}
TEXT
check 'WIN32_LEAN_AND_MEAN leaves the sockets out' compiles c \
    -DWIN32_LEAN_AND_MEAN <<'TEXT'
#include <windows.h>
#ifdef INVALID_SOCKET
#error sockets
#endif
int unused;
TEXT

finish
