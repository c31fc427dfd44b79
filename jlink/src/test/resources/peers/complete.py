"""Types texts and Tab into an interactive shell on a pseudo-terminal, and prints each line afterwards.

complete.py SHELL IMAGE TEXT...: SHELL is bash, bash-completion, zsh or fish, which finds its
completions in IMAGE/share. If a TEXT ends with a tab and words, waits until Tab has listed all words.
"""
import fcntl
import os
import pty
import re
import select
import shutil
import struct
import sys
import tempfile
import termios

shell, image, *texts = sys.argv[1:]
share = image + "/share"
home = tempfile.mkdtemp()

# Ctrl-G prints the line between these marks.
START, END = "<<", ">>"
FILES = {
    "bash": f"""
        PS1='ready> '
        bind 'set show-all-if-ambiguous on'
        bind 'set page-completions off'
        bind 'set completion-query-items 1000'
        show() {{ printf '\\n{START}%s{END}\\n' "$READLINE_LINE"; }}
        bind -x '"\\C-g": show'
        """,
    "zsh": f"""
        PS1='ready> '
        fpath=({share}/zsh/site-functions $fpath)
        autoload -Uz compinit
        compinit -u -d {home}/dump
        LISTMAX=1000
        show() {{ print -r; print -r -- "{START}$BUFFER{END}" }}
        zle -N show
        bindkey '^G' show
        """,
    "fish": f"""
        function fish_prompt; echo 'ready> '; end
        function show; printf '\\n{START}%s{END}\\n' (commandline); end
        bind \\cg show
        """,
}
name = shell.split("-")[0]
rc = {"bash": "rc", "zsh": ".zshrc", "fish": ".config/fish/config.fish"}[name]
os.makedirs(os.path.dirname(f"{home}/{rc}"), exist_ok=True)
with open(f"{home}/{rc}", "w") as file:
    file.write(FILES[name])
    if shell == "bash":
        file.write(f"for file in {share}/bash-completion/completions/*; do . $file; done")
    elif shell == "bash-completion":
        file.write(". /usr/share/bash-completion/bash_completion")

child, screen = pty.fork()
if child == 0:
    environment = {
        "HOME": home,
        "ZDOTDIR": home,
        "PATH": f"{image}/bin:{os.environ['PATH']}",
        "XDG_DATA_DIRS": f"{share}:/usr/share",
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
    }
    options = ["--noprofile", "--rcfile", f"{home}/{rc}"] if name == "bash" else []
    os.execvpe(name, [name, *options, "-i"], environment)
fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 100, 200, 0, 0))


def read_until(*words):
    """Reads until the terminal has shown all words, and returns what it has shown."""
    output = shown = ""
    while not all(word in shown for word in words):
        if not select.select([screen], [], [], 20)[0]:
            sys.exit(f"{shell} does not show {words}: {shown!r}")
        output += os.read(screen, 65536).decode(errors="replace")
        # Without colours and cursor movements.
        shown = re.sub("\x1b(\\[[0-9;?]*[a-zA-Z]|\\(B)", "", output)
    return shown


read_until("ready> ")
for text in texts:
    typed, _, words = text.partition("\t")
    os.write(screen, typed.encode() + b"\t")
    read_until(*words.split())
    os.write(screen, b"\x07")
    shown = read_until(START, END)
    print(shown[shown.rindex(START) + len(START) : shown.rindex(END)])
    # Ctrl-U deletes the line.
    os.write(screen, b"\x15")
os.write(screen, b"\x15exit\r")
os.waitpid(child, 0)
shutil.rmtree(home)
