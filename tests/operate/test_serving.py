"""The web as a service: over TLS with a given certificate, with logs that name nobody, and refusals that say why."""

import json
import signal
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path
from socket import socket

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.installation import ROOT, Installation, bare, install
from tests.operate.office import wangge


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for this machine, signed by itself, and its key."""
    folder, key = tmp_path_factory.mktemp("tls"), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))
    (folder / "key.pem").write_bytes(key.private_bytes(pem, form, serialization.NoEncryption()))
    old = key.private_bytes(pem, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption())
    (folder / "old.pem").write_bytes(old)
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture
def port() -> str:
    with socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return str(listener.getsockname()[1])


@pytest.fixture
def served(tmp_path: Path, certificate: tuple[Path, Path], port: str) -> Iterator[Path]:
    """``wangge serve`` with the certificate; gives the file of what it says."""
    env = {**install(tmp_path).env, "WANGGE_LOG": "json", "HOST": "127.0.0.1", "PORT": port}
    line = [sys.executable, "-m", "wangge", "serve", "--certificate", str(certificate[0]), "--key", str(certificate[1])]
    said = tmp_path / "said.txt"
    with said.open("wb") as out:
        process = subprocess.Popen(line, env=env, cwd=ROOT, stdout=out, stderr=out)
    try:
        yield said
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def test_phones_get_https_and_the_log_gets_templates(served: Path, certificate: tuple[Path, Path], port: str) -> None:
    context = ssl.create_default_context(cafile=str(certificate[0]))

    def get(path: str) -> tuple[int, Message, bytes]:
        with urllib.request.urlopen(f"https://localhost:{port}{path}", context=context, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()

    until = time.monotonic() + 60
    while True:
        try:
            status, _, body = get("/healthz")
            break
        except OSError:
            assert time.monotonic() < until, served.read_text()
            time.sleep(0.2)
    assert status == 200
    assert json.loads(body)["database"] == "ok"
    assert json.loads(body)["worker"] == "late"
    status, headers, _ = get("/sign-in?next=/desk/people/%3Fq%3D%E5%BC%A0%E4%B8%89%E4%B8%B0-19900001234")
    assert status == 200  # not sent on to another scheme
    assert "max-age" in headers["Strict-Transport-Security"]
    assert "Secure" in headers["Set-Cookie"]
    lines = [json.loads(line) for line in served.read_text(encoding="utf-8").splitlines()]
    assert {"/healthz", "/sign-in"} <= {line.get("path") for line in lines}
    said = served.read_text(encoding="utf-8")
    assert "张三丰" not in said
    assert "19900001234" not in said
    assert "next=" not in said


def test_a_certificate_that_cannot_be_used_is_refused_in_words(tmp_path: Path, certificate: tuple[Path, Path]) -> None:
    env = install(tmp_path).env
    cert, key = certificate
    for arguments, sentence in (
        (("--certificate", cert), "belong together"),
        (("--certificate", cert, "--key", tmp_path / "none.pem"), "cannot be read"),
        (("--certificate", key, "--key", cert), "no certificate with its key"),
        (("--certificate", cert, "--key", cert.parent / "old.pem"), "openssl pkcs8"),
    ):
        done = wangge(env, "serve", "--port", "18997", *arguments)
        assert (done.returncode, sentence in done.stderr) == (2, True), done.stderr


def test_web_and_worker_wait_for_their_tables(tmp_path: Path) -> None:
    made = bare(tmp_path)
    made.run("")  # a key file
    for command in (("serve", "--port", "18996"), ("worker",), ("check",)):
        done = wangge(made.env, *command)
        assert done.returncode == 1
        assert "no tables yet" in done.stderr + done.stdout
    assert wangge(made.env, "migrate", "--look").returncode == 1


KILLED = """
import os, signal
from django.db.migrations.operations import RunPython
from django.db.migrations import Migration
from wangge.cli.main import main
apply = Migration.apply
def dies(self, *args, **kwargs):
    if self.name == "0002_guards":
        self.operations.append(RunPython(lambda apps, editor: os.kill(os.getpid(), signal.SIGKILL)))
    return apply(self, *args, **kwargs)
Migration.apply = dies
main(["migrate"])
"""


def test_a_migration_that_is_killed_is_said_and_done_again(tmp_path: Path) -> None:
    made: Installation = bare(tmp_path)
    made.run("")
    process = made.start(KILLED)
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    looked = wangge(made.env, "migrate", "--look", "--json")
    missing = json.loads(looked.stdout)["missing"]
    assert looked.returncode == 1
    assert "wangge.0002_guards" in missing
    assert "wangge.0001_start" not in missing
    done = wangge(made.env, "worker")
    assert done.returncode == 1
    assert "an upgrade was interrupted" in done.stderr
    assert "Run: wangge migrate" in done.stderr
    health = (
        "from django.test import Client; answer = Client().get('/healthz'); import json\n"
        "print(json.dumps([answer.status_code, answer.json()['wrong']]))"
    )
    status, wrong = made.run(health)
    assert status == 503
    assert "an upgrade was interrupted" in wrong
    assert wangge(made.env, "migrate").returncode == 0
    assert wangge(made.env, "migrate", "--look").returncode == 0
    assert made.run(health.replace("answer.json()['wrong']", "answer.json()['migrations']")) == [200, "ok"]
