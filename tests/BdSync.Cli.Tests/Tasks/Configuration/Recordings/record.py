#!/usr/bin/env python3
"""Writes configparser.json and shlex.json: what Python's configparser and shlex make of generated texts.

record.py [FOLDER [COUNT [SEED]]]   default: the script's folder, 400 texts of each kind, seed 1
"""

import configparser
import io
import json
import os
import random
import shlex
import sys

FOLDER = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 400
RANDOM = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)

NAMES = ["a", "b", "c", "A", "long key", "\u00e4", "\u00c4"]
SECTIONS = ["DEFAULT", "DEFAULT", "x", "y", "X", " x ", "default", "a]b", "%(a)s", ""]
VALUES = ["", "1", "v w", "%(a)s", "%(B)s", "%(c)s%(a)s", "%%", "%%(a)s", "%", "%(a", "%(a)d", "%()s", "%(nope)s", "%(long key)s",
          "x # y", "; z", "a=b", "a:b", "[q]", "${a}", "\u00fc", "\u00a0n", "%(\u00e4)s"]
INDENTS = ["", "", "", "", " ", "  ", "\t", "\u00a0", "\x1c"]
ENDS = ["\n", "\n", "\n", "\n", "\r\n", "\r"]


def make_line():
    kind = RANDOM.randrange(20)
    if kind < 10:
        name, delimiter, value = RANDOM.choice(NAMES), RANDOM.choice(["=", " = ", ":", " : ", "\t=\t"]), RANDOM.choice(VALUES)
        return name + delimiter + value
    if kind < 13:
        return "[" + RANDOM.choice(SECTIONS) + "]" + RANDOM.choice(["", "", "", " tail", " # c", "]"])
    if kind < 15:
        return RANDOM.choice(["", "", " ", "\t", "\x0c", "\x1f "])
    if kind < 17:
        return RANDOM.choice(["# c", "; c", "#", ";a=b"])
    if kind < 19:
        return RANDOM.choice(VALUES)
    return RANDOM.choice(["junk", "= v", ": v", "[x", "[]", "[]]", "rem x", "\u2028", "a\x85b = 1", "%(a)s = 1"])


def make_text():
    text = "" if RANDOM.randrange(12) == 0 else "[" + RANDOM.choice(SECTIONS[:8]) + "]\n"
    for _ in range(RANDOM.randrange(10)):
        text += RANDOM.choice(INDENTS) + make_line() + RANDOM.choice(ENDS)
    return text if RANDOM.randrange(4) else text.rstrip("\r\n")


def make_chain():
    """Values that refer to each other, about as deep as is allowed, or in a circle."""
    depth = RANDOM.randrange(8, 14)
    end = RANDOM.choice(["x", "%%", "%(k0)s", ""])
    return "[x]\n" + "".join(f"k{i} = %(k{i + 1})s\n" for i in range(depth)) + f"k{depth} = {end}\n"


def read(text):
    parser = configparser.ConfigParser()
    try:
        parser.read_file(io.StringIO(text, newline=None))
    except configparser.Error:
        return None
    return [[name, [[key, expand(parser, name, key)] for key in parser.options(name)]] for name in parser.sections()]


def expand(parser, section, key):
    try:
        return parser.get(section, key)
    except configparser.InterpolationError:
        return None


def split(text):
    try:
        return shlex.split(text)
    except ValueError:
        return None


def write(name, cases):
    with open(os.path.join(FOLDER, name), "w", encoding="ascii") as file:
        file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")


def make_words():
    return "".join(RANDOM.choice(["a", "b", " ", "  ", "\t", "\n", "'", '"', "\\", "$", "#", "=", "\u00e4", "\u00a0", '"x"', "'y z'", "\\'"]) for _ in range(RANDOM.randrange(12)))


TEXTS = [make_chain() if index % 20 == 0 else make_text() for index in range(COUNT)]
write("configparser.json", [{"text": text, "sections": read(text)} for text in TEXTS])
write("shlex.json", [{"text": text, "words": split(text)} for text in (make_words() for _ in range(COUNT))])
