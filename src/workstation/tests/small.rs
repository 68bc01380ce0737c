//! The small programs that need nothing but files and octets, row by row.

use super::*;

#[test]
fn echo_and_printf() {
    rows(&[
        ("echo -n a", "a"),
        ("echo -e 'a\\tb\\x41\\0101\\cxx'", "a\tbAA"),
        ("echo -z a", "-z a\n"),
        ("echo -ne 'a\\n'", "a\n"),
        ("echo -E 'a\\n'", "a\\n\n"),
        ("echo -nE-", "-nE-\n"),
        ("printf", "printf: usage: printf [-v var] format [arguments]\n"),
        ("printf '%s\\n' a b c", "a\nb\nc\n"),
        ("printf '%s %s\\n' a b c", "a b\nc \n"),
        ("printf '%d\\n' abc", "bash: printf: abc: invalid number\n0\n"),
        ("printf '%d\\n' 12x", "bash: printf: 12x: invalid number\n12\n"),
        ("printf '\\060\\x41\\u00e4\\n'", "0Aä\n"),
        ("printf '\\0anna\\0tulpe' | base64", "AGFubmEAdHVscGU=\n"),
        ("printf '%z'", "bash: printf: `%z': missing format character\n"),
        (
            "printf '%5s|%-5s|%05d|%x|%o|%c|%%|%i|%u|%X\\n' a b 42 255 8 xyz 5 -1 255",
            "    a|b    |00042|ff|10|x|%|5|18446744073709551615|FF\n",
        ),
        ("printf '%b' 'a\\0101\\n'", "aA\n"),
        ("printf '%b' 'a\\cb' c", "a"),
        ("printf '%.2s|%*s\\n' abc 5 x", "ab|    x\n"),
        ("printf '%d %d\\n' 0x1f 010", "31 8\n"),
        ("printf \"%d\\n\" \"'A\"", "65\n"),
        ("printf '%f %e\\n' 1.5 1.5", "1.500000 1.500000e+00\n"),
        ("printf -- 'x\\n'", "x\n"),
        (
            "printf -x",
            "bash: printf: -x: invalid option\nprintf: usage: printf [-v var] format [arguments]\n",
        ),
        ("printf 'abc%'", "bash: printf: `%': missing format character\nabc"),
        ("printf '\\xZZ\\q\\n'", "bash: printf: missing hex digit for \\x\n\\xZZ\\q\n"),
        ("printf -v X '%s' y; echo $X", "y\n"),
        ("printf '%q\\n' 'a b'", "a\\ b\n"),
    ]);
}

#[test]
fn base64_both_ways() {
    rows(&[
        ("printf 'aGFsbG8' | base64 -d", "hallobase64: invalid input\n"),
        ("printf 'aGFsb' | base64 -d", "halbase64: invalid input\n"),
        ("printf 'aGFs!bG8=' | base64 -d", "halbase64: invalid input\n"),
        ("printf 'aGF!' | base64 -d", "habase64: invalid input\n"),
        ("printf 'aGFs!bG8=' | base64 -di", "hallo"),
        ("printf 'aGFsbG9=' | base64 -d", "hallo"),
        ("printf 'YQ==YQ==' | base64 -d", "aa"),
        ("printf 'aGF=bG8=' | base64 -d", "halo"),
        ("printf 'aG=' | base64 -d", "hbase64: invalid input\n"),
        ("printf 'Y!Q=' | base64 -d", "base64: invalid input\n"),
        ("printf '=' | base64 -d", "base64: invalid input\n"),
        ("printf '' | base64", ""),
        ("printf aaaaaaaaa | base64 -w 5", "YWFhY\nWFhYW\nFh\n"),
        ("printf abc | base64 -w0", "YWJj"),
        ("printf abc | base64 --wrap=2 -", "YW\nJj\n"),
        ("base64 nosuch", "base64: nosuch: No such file or directory\n"),
        ("base64 -w x", "base64: invalid wrap size: ‘x’\n"),
        ("base64 -Q", "base64: invalid option -- 'Q'\nTry 'base64 --help' for more information.\n"),
        ("base64 a b", "base64: extra operand ‘b’\nTry 'base64 --help' for more information.\n"),
        (
            "base64 --bogus",
            "base64: unrecognized option '--bogus'\nTry 'base64 --help' for more information.\n",
        ),
    ]);
}

#[test]
fn small_programs() {
    rows(&[
        ("cat -A 'odd name'", "a^Ib^M$\n^A$\n"),
        ("cat 'odd name'", "a\tb\n^A\n"),
        ("cat -n notes.txt", "     1\tone\n     2\ttwo\n     3\tthree\n"),
        ("cat -b mail.txt", "     1\tSubject: Hi\n\n     2\tHello\n"),
        ("cat -Q", "cat: invalid option -- 'Q'\nTry 'cat --help' for more information.\n"),
        ("wc notes.txt", " 3  3 14 notes.txt\n"),
        ("wc -l notes.txt", "3 notes.txt\n"),
        ("printf 'a b\\nc' | wc", "      1       3       5\n"),
        ("head -2 notes.txt", "one\ntwo\n"),
        ("tail -n +2 notes.txt", "two\nthree\n"),
        ("head -n x notes.txt", "head: invalid number of lines: ‘x’\n"),
        ("grep -n o notes.txt", "1:one\n2:two\n"),
        ("grep -v o notes.txt", "three\n"),
        ("grep zzz notes.txt; echo $?", "1\n"),
        ("pwd; whoami; hostname; hostname -f", "/home/lab\nlab\nws\nws.lab.test\n"),
        ("date", "Mon Jun 30 08:56:27 UTC 2014\n"),
        ("date -R", "Mon, 30 Jun 2014 08:56:27 +0000\n"),
        ("date -u -d '30 Jun 2014 10:56:27 +0200' +%H:%M", "08:56\n"),
        ("sleep", "sleep: missing operand\nTry 'sleep --help' for more information.\n"),
        ("sleep x", "sleep: invalid time interval ‘x’\nTry 'sleep --help' for more information.\n"),
        (
            "type printf; type telnet; which dig",
            "printf is a shell builtin\ntelnet is /usr/bin/telnet\n/usr/bin/dig\n",
        ),
        ("cd sub", "bash: cd: sub: No such file or directory\nhelo: this workstation has one folder only\n"),
        ("clear", ""),
    ]);
}
