/*
 * golden.h - messages whose every byte is known, as hex.  The community is
 * always "public".
 */
#ifndef WSN_TESTS_SUPPORT_GOLDEN_H
#define WSN_TESTS_SUPPORT_GOLDEN_H

/* v1 Get of 1.3.6.1.2.1.1.1.0, request id 1 */
#define GOLDEN_V1_GET                                                       \
    "30 26 02 01 00 04 06 70 75 62 6c 69 63 a0 19 02 01 01 02 01 00 02 01 " \
    "00 30 0e 30 0c 06 08 2b 06 01 02 01 01 01 00 05 00"

/* v2c GetBulk, non-repeaters 1, max-repetitions 10 */
#define GOLDEN_V2C_GETBULK                                                  \
    "30 37 02 01 01 04 06 70 75 62 6c 69 63 a5 2a 02 04 01 02 03 04 02 01 " \
    "01 02 01 0a 30 1c 30 0b 06 07 2b 06 01 02 01 01 03 05 00 30 0d 06 09 " \
    "2b 06 01 02 01 02 02 01 02 05 00"

/* v2c coldStart trap, request id 99, sysUpTime 100 */
#define GOLDEN_V2C_TRAP                                                     \
    "30 40 02 01 01 04 06 70 75 62 6c 69 63 a7 33 02 01 63 02 01 00 02 01 " \
    "00 30 28 30 0d 06 08 2b 06 01 02 01 01 03 00 43 01 64 30 17 06 0a 2b " \
    "06 01 06 03 01 01 04 01 00 06 09 2b 06 01 06 03 01 01 05 01"

/* v2c Response tooBig, request id -1 */
#define GOLDEN_V2C_TOO_BIG                                                  \
    "30 18 02 01 01 04 06 70 75 62 6c 69 63 a2 0b 02 01 ff 02 01 01 02 01 " \
    "00 30 00"

/* v2c Response with a value of each kind */
#define GOLDEN_V2C_RESPONSE                                                 \
    "30 81 8b 02 01 01 04 06 70 75 62 6c 69 63 a2 7e 02 01 01 02 01 02 02 " \
    "01 03 30 73 30 08 06 02 2b 01 02 02 ff 7f 30 08 06 02 2b 02 04 02 68 " \
    "69 30 06 06 02 2b 03 05 00 30 09 06 02 2b 04 06 03 88 37 03 30 0a 06 " \
    "02 2b 05 40 04 0a 00 00 01 30 0b 06 02 2b 06 41 05 00 ff ff ff ff 30 " \
    "07 06 02 2b 07 42 01 07 30 07 06 02 2b 08 44 01 ff 30 0f 06 02 2b 09 " \
    "46 09 00 ff ff ff ff ff ff ff ff 30 06 06 02 2b 0a 80 00 30 06 06 02 " \
    "2b 0b 82 00"

/* the GetBulk as it goes to a version 1 entity: a GetNext */
#define GOLDEN_V1_GETNEXT                                                   \
    "30 37 02 01 00 04 06 70 75 62 6c 69 63 a1 2a 02 04 01 02 03 04 02 01 " \
    "00 02 01 00 30 1c 30 0b 06 07 2b 06 01 02 01 01 03 05 00 30 0d 06 09 " \
    "2b 06 01 02 01 02 02 01 02 05 00"

/*
 * v1 coldStart of enterprise 1.3.6.1.4.1.311.1.1.3.1.1 from 192.0.2.1, time
 * 4294967295, no variables
 */
#define GOLDEN_V1_TRAP_COLD_START                                           \
    "30 30 02 01 00 04 06 70 75 62 6c 69 63 a4 23 06 0c 2b 06 01 04 01 82 " \
    "37 01 01 03 01 01 40 04 c0 00 02 01 02 01 00 02 01 00 43 05 00 ff ff " \
    "ff ff 30 00"

/*
 * v1 enterpriseSpecific 17 of enterprise 1.3.6.1.4.1.8072.3 from 192.0.2.1,
 * time 100, one variable 1.3.6.1.4.1.8072.3.1.0 = "hi"
 */
#define GOLDEN_V1_TRAP_SPECIFIC                                             \
    "30 3a 02 01 00 04 06 70 75 62 6c 69 63 a4 2d 06 08 2b 06 01 04 01 bf " \
    "08 03 40 04 c0 00 02 01 02 01 06 02 01 11 43 01 64 30 12 30 10 06 0a " \
    "2b 06 01 04 01 bf 08 03 01 00 04 02 68 69"

/* v2c Inform with error fields that are neither zero nor shortest */
#define GOLDEN_V2C_INFORM                                                   \
    "30 28 02 01 01 04 06 70 75 62 6c 69 63 a6 1b 02 02 01 02 02 02 00 05 " \
    "02 81 02 00 09 30 0c 30 0a 06 02 2b 06 04 04 61 62 63 64"

/* and the Response that acknowledges it */
#define GOLDEN_V2C_INFORM_ANSWER                                            \
    "30 28 02 01 01 04 06 70 75 62 6c 69 63 a2 1b 02 02 01 02 02 02 00 00 " \
    "02 81 02 00 00 30 0c 30 0a 06 02 2b 06 04 04 61 62 63 64"

#endif
