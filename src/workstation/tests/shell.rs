//! The shell, row by row: what is typed, what the terminal shows. Complaints are in bash's words.

use super::*;

#[test]
fn words_quotes_and_variables() {
    rows(&[
        ("echo a   b", "a b\n"),
        ("echo 'a   b' \"c  d\" e\\ \\ f", "a   b c  d e  f\n"),
        ("echo 'it'\\''s'", "it's\n"),
        ("echo \"a\\\"b\\$c\\d\"", "a\"b$c\\d\n"),
        ("echo $'tab\\there'", "tab\there\n"),
        ("echo $USER $HOME $HOSTNAME", "lab /home/lab ws\n"),
        ("echo '$USER' \"$USER\" ${USER}x", "$USER lab labx\n"),
        ("echo ~ ~/x a~", "/home/lab /home/lab/x a~\n"),
        ("echo a # comment", "a\n"),
        ("echo a#b", "a#b\n"),
        ("X='a  b'; echo $X \"$X\" [$Y]", "a b a  b []\n"),
        ("echo '' | wc -c", "1\n"),
        ("echo *.txt m* nosuch* '*'", "mail.txt notes.txt mail.txt nosuch* *\n"),
        ("echo \"*\" \\* mai?.txt", "* * mail.txt\n"),
        (
            "echo ä “x”",
            "helo: “ is a typographic quote; the shell takes it as a letter and knows only ' and \"\nä “x”\n",
        ),
        ("", ""),
        ("   ", ""),
        ("echo { }", "{ }\n"),
    ]);
}

#[test]
fn lists_pipes_groups_and_status() {
    rows(&[
        ("echo a; echo b", "a\nb\n"),
        ("true && echo yes || echo no", "yes\n"),
        ("false && echo yes || echo no", "no\n"),
        ("false || true && echo both", "both\n"),
        ("false; echo $?", "1\n"),
        ("! false; echo $?", "0\n"),
        ("nosuch1; echo $?", "bash: nosuch1: command not found\n127\n"),
        ("printf 'a\\nb\\n' | wc -l", "2\n"),
        ("(echo a; echo b) | cat -n", "     1\ta\n     2\tb\n"),
        ("{ echo a; echo b; } | wc -l", "2\n"),
        ("(exit 3); echo $?", "3\n"),
        ("echo a | (cat; echo c) | cat -n", "     1\ta\n     2\tc\n"),
        ("(cat; cat) < mail.txt", "Subject: Hi\n\nHello\n"),
        ("true | false; echo $?", "1\n"),
        ("false | true; echo $?", "0\n"),
        ("echo x | base64 | base64 -d", "x\n"),
        ("/bin/ls; echo $?", "bash: /bin/ls: No such file or directory\n127\n"),
        ("./mail.txt; echo $?", "bash: ./mail.txt: Permission denied\n126\n"),
    ]);
}

#[test]
fn files_and_redirections() {
    rows(&[
        ("echo a > x; echo b >> x; cat x", "a\nb\n"),
        ("echo a > x; echo b > x; cat x", "b\n"),
        ("cat < notes.txt | tail -n 1", "three\n"),
        ("cat <<< hello", "hello\n"),
        ("cat << EOF\nto $USER\nEOF", "to lab\n"),
        ("cat << 'EOF' | wc -l\n$USER\n\nEOF", "2\n"),
        ("cat nosuch 2> err; cat err", "cat: nosuch: No such file or directory\n"),
        ("cat nosuch 2>&1 | wc -l", "1\n"),
        ("cat nosuch mail.txt &> both; wc -l < both", "4\n"),
        ("echo gone > /dev/null", ""),
        ("echo a > /etc/hosts; echo $?", "bash: /etc/hosts: Permission denied\n1\n"),
        ("echo a > sub/x", "bash: sub/x: No such file or directory\n"),
        ("cat < nosuch", "bash: nosuch: No such file or directory\n"),
        ("cat > .", "bash: .: Is a directory\n"),
        ("echo a >&3", "bash: 3: Bad file descriptor\n"),
        ("cat /etc/resolv.conf", "search lab.test\nnameserver 192.0.2.53\n"),
        ("ls", " mail.txt   notes.txt  'odd name'\n"),
        ("ls | cat; ls -1 *.txt", "mail.txt\nnotes.txt\nodd name\nmail.txt\nnotes.txt\n"),
        ("ls -l mail.txt", "-rw-r--r-- 1 lab lab 19 Jun 30 08:56 mail.txt\n"),
        ("ls nosuch", "ls: cannot access 'nosuch': No such file or directory\n"),
        ("rm mail.txt; ls", " notes.txt  'odd name'\n"),
        ("rm nosuch", "rm: cannot remove 'nosuch': No such file or directory\n"),
    ]);
}

#[test]
fn what_bash_says_to_mistakes() {
    const SMTP: &str = "no connection is open here: first `telnet HOST 25`\n";
    rows(&[
        ("cat <", "bash: syntax error near unexpected token `newline'\n"),
        ("| a", "bash: syntax error near unexpected token `|'\n"),
        ("a ;; b", "bash: syntax error near unexpected token `;;'\n"),
        ("a && || b", "bash: syntax error near unexpected token `||'\n"),
        ("echo )", "bash: syntax error near unexpected token `)'\n"),
        ("echo a (b)", "bash: syntax error near unexpected token `('\n"),
        ("( )", "bash: syntax error near unexpected token `)'\n"),
        (
            "echo a &",
            "helo: there is no job control here, so nothing runs in the background with `&'; open another terminal instead\n",
        ),
        (
            "echo $(date)",
            "helo: this small shell has no command substitution; use a pipe, or run it and copy what it prints\n",
        ),
        (
            "for x in a; do echo; done",
            "helo: `for' begins a loop, a condition or a function of bash; this small shell has only ; && || | and groups ( ... )\n",
        ),
        ("echo 'a\n", "> "),
        ("echo 'a\nb'", "a\nb\n"),
        ("echo a \\\nb", "a b\n"),
        ("echo a |\ncat", "a\n"),
        ("HELO x", &format!("bash: HELO: command not found\nhelo: HELO is a command of SMTP, and {SMTP}")),
        (
            "mail from:<a@b.c>",
            &format!(
                "bash: syntax error near unexpected token `newline'\nhelo: MAIL is a command of SMTP, and {SMTP}"
            ),
        ),
        (
            "rcpt to:<a@b.c> x",
            &format!("bash: a@b.c: No such file or directory\nhelo: RCPT is a command of SMTP, and {SMTP}"),
        ),
        ("tlenet x", "bash: tlenet: command not found\nhelo: did you mean `telnet`?\n"),
        ("!nosuch", "bash: !nosuch: event not found\n"),
    ]);
}

#[test]
fn history_comes_back() {
    rows(&[
        ("echo a\n!!", "echo a\na\n"),
        ("echo a\necho b\n!1", "echo a\na\n"),
        ("echo a\nhistory", "    1  echo a\n    2  history\n"),
        ("echo a\necho b\nhistory 1", "    3  history 1\n"),
        ("echo a\nexit\nhistory", "    1  echo a\n    2  exit\n    3  history\n"),
    ]);
}
