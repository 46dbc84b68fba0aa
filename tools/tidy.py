#!/usr/bin/env python3
"""clang-tidy over every source file that the build compiles, in parallel: tools/tidy.py BUILD [FILE...]

A file that was clean is looked at again when it, a header of it, its command or .clang-tidy has changed: what was clean
lies in BUILD/tidy/, as the files that it depends on and a hash of their contents. Exits with 1 if there are findings.
RINGCC_JOBS says how many run at once.
"""
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent
TIDY, CLANG = "clang-tidy-19", "clang++-19"


def commands(build):
    """The command of each source file of ours; what the build has generated is not ours."""
    entries = json.loads((build / "compile_commands.json").read_text())
    found = {}
    for entry in entries:
        file = Path(entry["file"])
        if file.is_relative_to(SOURCE) and not file.is_relative_to(build):
            found.setdefault(str(file.relative_to(SOURCE)), entry)
    return found


def digest(entry, version, dependencies):
    """Of all that the answer depends on; None if a file is gone."""
    state = hashlib.sha256((version + entry["command"]).encode())
    for path in [SOURCE / ".clang-tidy", *dependencies]:
        try:
            state.update(Path(path).read_bytes())
        except OSError:
            return None
    return state.hexdigest()


def dependencies_of(entry):
    words = shlex.split(entry["command"])[1:]
    at = words.index("-o")
    result = subprocess.run(
        [CLANG, *words[:at], *words[at + 2 :], "-w", "-M", "-MF", "-"],
        cwd=entry["directory"], capture_output=True, text=True)
    if result.returncode != 0:
        return []  # clang-tidy says what is wrong
    text = result.stdout.replace("\\\n", " ").split(": ", 1)[1]
    return [os.path.join(entry["directory"], path) for path in shlex.split(text)]


def tidy(build, version, name, entry):
    """The findings of one file, or an empty string."""
    record = build / "tidy" / (name + ".json")
    if record.exists():
        old = json.loads(record.read_text())
        if old["digest"] == digest(entry, version, old["dependencies"]):
            return ""
    result = subprocess.run([TIDY, "-p", build, "--quiet", SOURCE / name], capture_output=True, text=True)
    if result.returncode != 0:
        return result.stdout or result.stderr
    if dependencies := dependencies_of(entry):
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_text(json.dumps({"dependencies": dependencies, "digest": digest(entry, version, dependencies)}))
    return ""


def main():
    build = Path(sys.argv[1]).resolve()
    if missing := [tool for tool in (TIDY, CLANG) if not shutil.which(tool)]:
        sys.exit(f"tools/tidy.py: there is no {' and no '.join(missing)} (run ./tools/dev setup)")
    files = commands(build)
    if asked := [str(Path(f).resolve().relative_to(SOURCE)) for f in sys.argv[2:]]:
        files = {name: files[name] for name in asked}
    version = subprocess.run([TIDY, "--version"], capture_output=True, text=True, check=True).stdout
    jobs = int(os.environ.get("RINGCC_JOBS") or os.cpu_count())
    # The slow ones first, so that none is left alone at the end.
    names = sorted(files, key=lambda name: (not name.startswith("frontend/"), name))
    findings = 0
    with ThreadPoolExecutor(jobs) as pool:
        for name, text in zip(names, pool.map(lambda name: tidy(build, version, name, files[name]), names)):
            if text:
                findings += 1
                print(f"== {name}\n{text}", flush=True)
    print(f"clang-tidy: {len(names)} files, {findings} with findings")
    return 1 if findings else 0


sys.exit(main())
