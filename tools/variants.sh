# variants.sh - part of ./setup: the suites without what not every system has.
#
# Each is switched off by itself, and all of them together: datagrams are then
# received and sent one by one, threads woken through pipes, and the kernel does
# not say what it dropped.  What ./setup check runs under sanitizers runs here too.

# test_variant NAME OPTION...
test_variant()
{
    variant=$1
    shift
    for sanitizer in address,undefined thread; do
        target=check-suites
        [ $sanitizer != thread ] || target=check-threads
        directory=build/without-$variant-${sanitizer%%,*}
        configure_in "$directory" "$@" --enable-sanitize=$sanitizer \
            --enable-debug --disable-shared CFLAGS='-O1 -g'
        compile_in "$directory"
        run_tests "Without $variant, $sanitizer sanitizer" "$directory" \
            $target
    done
}

variants()
{
    know_localhost
    need build check
    trap say_count EXIT
    test_variant recvmmsg --disable-recvmmsg
    test_variant eventfd --disable-eventfd
    test_variant rxq-ovfl --disable-rxq-ovfl
    test_variant all --disable-recvmmsg --disable-eventfd --disable-rxq-ovfl
    [ $failed -eq 0 ] || exit 1
    [ "${CI-}" != true ] || [ $skipped -eq 0 ] || exit 1
}
