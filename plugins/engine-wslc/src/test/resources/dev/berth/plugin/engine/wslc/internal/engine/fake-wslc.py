# SPDX-License-Identifier: Apache-2.0
"""A fake of the command wslc, for tests on Linux.

It takes the commands and options of wslc that Berth uses, and no others, prints what Microsoft's sources say that wslc
prints, and really runs the containers: through the Podman service whose socket is its first argument. The second one
lists what it is to lack: no-gpu, no-service, old. None of it was compared with a real wslc.
"""

import json
import os
import subprocess
import sys

SOCKET, LACKS = sys.argv[1], sys.argv[2].split(",")
PODMAN = ["podman", "--remote", "--url", "unix://" + SOCKET]
STATES = {"created": 1, "configured": 1, "initialized": 1, "running": 2, "paused": 2, "stopping": 2}


def put(stream, text):
    stream.buffer.write(text.replace("\n", "\r\n").encode())
    stream.flush()


def say(text):
    put(sys.stdout, text + "\n")


def fail(text, code):
    put(sys.stderr, text + "\nFehlercode: " + code + "\n")
    sys.exit(1)


def answer(value):
    say(json.dumps(value, separators=(",", ":"), ensure_ascii=False))


def podman(*arguments):
    done = subprocess.run(PODMAN + list(arguments), stdin=subprocess.DEVNULL, capture_output=True)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def must(*arguments):
    code, out, error = podman(*arguments)
    if code != 0:
        low = error.lower()
        if "image not known" in low or "no such image" in low:
            fail("Das Abbild wurde nicht gefunden.", "WSLC_E_IMAGE_NOT_FOUND")
        if "no such container" in low or "no container with" in low or "no such object" in low:
            fail("Der Container wurde nicht gefunden.", "WSLC_E_CONTAINER_NOT_FOUND")
        if "already in use" in low or "already exists" in low:
            fail("Der Name ist vergeben.", "0x800700B7")
        fail("Fehlgeschlagen: " + error.strip(), "E_FAIL")
    return out


def parse(arguments, flags, values, stop_at_first=False):
    """Options as wslc takes them: long with a blank before the value; what is not listed is refused."""
    options, rest = [], []
    at = 0
    while at < len(arguments):
        one = arguments[at]
        if one in flags:
            options.append((one, ""))
        elif one in values:
            at += 1
            options.append((one, arguments[at]))
        elif one.startswith("-") and one != "-":
            fail("Unbekannte Option: " + one, "E_INVALIDARG")
        else:
            rest.append(one)
            if stop_at_first:
                rest += arguments[at + 1:]
                break
        at += 1
    return options, rest


def volume(text):
    read_only = text.endswith(":ro")
    text = text[:-3] if read_only else text
    source, target = text.rsplit(":", 1)
    kind = "bind" if source.startswith("/") else "volume"
    fields = ["type=" + kind, "source=" + source, "target=" + target] + (["ro=true"] if read_only else [])
    return ",".join('"' + field.replace('"', '""') + '"' if any(c in field for c in ', "') else field
                    for field in fields)


def create(arguments):
    options, rest = parse(
        arguments, [],
        ["--name", "--hostname", "--shm-size", "--gpus", "--label", "--env", "--user", "--workdir", "--memory", "--cpus",
         "--network", "--network-alias", "--publish", "--volume", "--tmpfs", "--entrypoint"], stop_at_first=True)
    translated = ["create", "--systemd", "false"]
    for option, value in options:
        if option == "--gpus":
            if "no-gpu" in LACKS:
                fail("Die Sitzung hat keine GPU.", "0x80070032")
        elif option == "--volume":
            translated += ["--mount", volume(value)]
        else:
            translated += [option, value]
    say(must(*translated, "--pull", "never", *rest).strip())


def inspect(arguments):
    options, rest = parse(arguments, [], ["--type", "--format"])
    code, out, error = podman("container", "inspect", rest[0])
    if code != 0:
        put(sys.stdout, "[]\n")
        fail("Der Container wurde nicht gefunden: " + rest[0], "WSLC_E_CONTAINER_NOT_FOUND")
    one = json.loads(out)[0]
    state = one["State"]
    status = {1: "created", 2: "running"}.get(STATES.get(state["Status"], 3), "exited")
    answer([{
        "Id": one["Id"], "Name": one["Name"], "Created": one["Created"], "Image": one["ImageName"],
        "State": {"Status": status, "Running": status == "running", "ExitCode": state["ExitCode"]},
        "Config": {"Labels": one["Config"]["Labels"] or {}, "Env": one["Config"]["Env"]},
        "Ports": one["NetworkSettings"]["Ports"] or {},
        "Mounts": [{"Type": m["Type"], "Source": m["Source"], "Destination": m["Destination"], "ReadWrite": m["RW"]}
                   for m in one["Mounts"]]}])


def listing(arguments):
    options, rest = parse(arguments, ["--all", "--no-trunc"], ["--filter", "--format"])
    translated = ["ps", "--no-trunc", "--format", "json"]
    for option, value in options:
        translated += [option] if option == "--all" else [option, value] if option == "--filter" else []
    answer([{
        "Id": one["Id"], "Name": one["Names"][0], "Image": one["Image"], "State": STATES.get(one["State"], 3),
        "StateChangedAt": one["StartedAt"], "CreatedAt": one["Created"], "Ports": []}
        for one in json.loads(must(*translated))])


def execute(arguments):
    options, rest = parse(
        arguments, ["--interactive", "--tty"], ["--env", "--user", "--workdir"], stop_at_first=True)
    translated = ["exec"]
    for option, value in options:
        translated += [option, value] if value else [option]
    os.execvp(PODMAN[0], PODMAN + translated + rest)


def logs(arguments):
    options, rest = parse(arguments, ["--follow"], ["--tail"])
    os.execvp(PODMAN[0], PODMAN + ["logs"] + [option for option, value in options] + rest)


def stats(arguments):
    options, rest = parse(arguments, ["--all"], ["--format"])
    one = json.loads(must("stats", "--no-stream", "--format", "json", *rest))[0]
    answer([{
        "ID": one["id"], "Name": one["name"], "CPUPerc": one["cpu_percent"], "MemUsage": one["mem_usage"],
        "MemPerc": one["mem_percent"], "NetIO": one["net_io"], "BlockIO": one["block_io"], "PIDs": str(one["pids"])}])


def images(arguments):
    parse(arguments, ["--no-trunc", "--quiet"], ["--format"])
    found = []
    for one in json.loads(must("images", "--format", "json")):
        for name in one.get("Names") or [":"]:
            repository, tag = name.rsplit(":", 1)
            found.append({"Repository": repository or None, "Tag": tag or None, "Id": one["Id"],
                          "Created": one.get("Created", 0), "Size": one["Size"]})
    answer(found)


def network(arguments):
    what, rest = arguments[0], arguments[1:]
    if what == "create":
        options, names = parse(rest, [], ["--driver"])
        say(must("network", "create", "--opt", "isolate=true", *names).strip())
    elif what == "list":
        parse(rest, [], ["--format"])
        answer([{"Id": one["id"], "Name": one["name"], "Driver": one["driver"]}
                for one in json.loads(must("network", "ls", "--format", "json"))])
    elif what == "remove":
        must("network", "rm", *parse(rest, [], [])[1])
    else:
        fail("Unbekannter Befehl: " + what, "E_INVALIDARG")


def plain(name, flags=(), values=(), extra=()):
    def run(arguments):
        options, rest = parse(arguments, list(flags), list(values))
        words = [word for pair in options for word in pair if word]
        say(must(name, *extra, *words, *rest).strip())
    return run


def system(arguments):
    if arguments != ["session", "list"]:
        fail("Unbekannter Befehl: " + " ".join(arguments), "E_INVALIDARG")
    if "no-service" in LACKS:
        fail("Der RPC-Server ist nicht verfügbar.", "0x800706ba")
    say("ID    Ersteller-PID    Anzeigename")
    say("1     4711             wslc-cli-Jörg Müller")


COMMANDS = {
    "version": lambda arguments: answer({"Client": {"Version": "2.8.1.0" if "old" in LACKS else "2.9.5.0"}}),
    "system": system,
    "create": create,
    "inspect": inspect,
    "list": listing,
    "exec": execute,
    "logs": logs,
    "stats": stats,
    "images": images,
    "network": network,
    "start": plain("start"),
    "kill": plain("kill", values=["--signal"]),
    "remove": plain("rm", flags=["--force", "--volumes"], extra=["--time", "0"]),
    "cp": plain("cp"),
    "export": plain("export", values=["--output"]),
    "load": plain("load", values=["--input"]),
}

words = sys.argv[3:]
if words[:1] == ["--session"]:
    words = words[2:]
if not words or words[0] not in COMMANDS:
    fail("Unbekannter Befehl: " + " ".join(words[:1]), "E_INVALIDARG")
COMMANDS[words[0]](words[1:])
