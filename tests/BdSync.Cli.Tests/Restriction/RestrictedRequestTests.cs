using BdSync.Cli.CommandLine;
using BdSync.Cli.Restriction;
using BdSync.Cli.Tasks.Hosts;
using FsCheck.Fluent;

namespace BdSync.Cli.Tests.Restriction;

public sealed class RestrictedRequestTests
{
    private const int SampleCount = 2000;

    private static readonly string[] Fragments =
    [
        "bdsync", "--server", "--patch", "--patch=/etc/passwd", "--undo=/etc/x", "--force", "--local", "sh", "-c", "'", "\"", "\\", "`", "$(id)", "${IFS}", "$x", ";", "&&", "||", "|", "&", "\n", "\r", "\t", " ", "  ",
        ">", "<", ">>", "<(", "*", "?", "[", "]", "~", "#", "!", "{a,b}", "(", ")", "=", "FOO=x", "exec", "../", "/etc/passwd", "/dev/fd/3", "\u0001", "é", "\uFFFD", "rm -f ", "cat >", "stat -L -c %s ", "[ -e ",
        " ]; echo $?", " ] || touch ", "umask 077; ", "read -r x; ", "''", @"'\''", "for f in ", "--version 2>&1", "sha256sum <",
    ];

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("id")]
    [InlineData("bdsync --server; id")]
    [InlineData("bdsync --server && id")]
    [InlineData("bdsync --server || id")]
    [InlineData("bdsync --server | id")]
    [InlineData("bdsync --server & id")]
    [InlineData("bdsync --server\nid")]
    [InlineData("bdsync --server\rid")]
    [InlineData("bdsync --server\tid")]
    [InlineData("bdsync `id`")]
    [InlineData("bdsync $(id)")]
    [InlineData("bdsync ${x}")]
    [InlineData("bdsync --server >/etc/passwd")]
    [InlineData("bdsync --server </etc/passwd")]
    [InlineData("bdsync --patch <<x")]
    [InlineData("bdsync 'unbalanced")]
    [InlineData("bdsync \"unbalanced")]
    [InlineData("bdsync \"$(id)\"")]
    [InlineData("bdsync --server \\")]
    [InlineData("bdsync --patch=~/x")]
    [InlineData("bdsync --patch=/x*")]
    [InlineData("FOO=x bdsync --server")]
    [InlineData("LD_PRELOAD=/tmp/x bdsync --server")]
    [InlineData("env bdsync --server")]
    [InlineData("exec bdsync --server")]
    [InlineData("sudo bdsync --server")]
    [InlineData("sh")]
    [InlineData("sh -c id")]
    [InlineData("sh -c 'bdsync --server; id'")]
    [InlineData("sh -c 'sh -c id'")]
    [InlineData("scp -t /etc")]
    [InlineData("/usr/lib/openssh/sftp-server")]
    [InlineData("internal-sftp")]
    [InlineData("rsync --server -logDtpre.iLsfxC . /")]
    [InlineData("/opt/bdsync/other --server")]
    [InlineData("bdsync-manager --config x")]
    [InlineData("/tmp/x --version 2>&1")]
    [InlineData("/tmp/x --patch </srv/a.bdsync")]
    [InlineData("stat -L -c %s /a /b")]
    [InlineData("rm -f /a; id")]
    [InlineData("rm -rf /a")]
    [InlineData("cat >/a")]
    [InlineData("cat /a")]
    [InlineData("umask 077; cat >/a; id")]
    [InlineData("lvm lvremove -f vg0")]
    [InlineData("[ -e /a ] || touch /b")]
    [InlineData("[ -e /a ] || touch /a; id")]
    [InlineData("touch /a")]
    public void Anything_else_is_refused(string line) => Assert.Throws<RestrictionException>(() => RestrictedRequest.Read(line));

    [Theory]
    [InlineData("bdsync")]
    [InlineData("bdsync run")]
    [InlineData("bdsync run --config /etc/x")]
    [InlineData("bdsync tasks")]
    [InlineData("bdsync history")]
    [InlineData("bdsync restrict --read /etc/passwd")]
    [InlineData("bdsync verify --local /a /b")]
    [InlineData("bdsync inspect /etc/passwd")]
    [InlineData("bdsync --local /a /b")]
    [InlineData("bdsync --local --apply /a /b")]
    [InlineData("bdsync 'sh -c id' /a /b")]
    [InlineData("bdsync --help")]
    [InlineData("bdsync --server --patch")]
    [InlineData("bdsync --server --undo=/a")]
    [InlineData("bdsync --server --ssh-config=/a")]
    [InlineData("bdsync --server /etc/passwd")]
    [InlineData("bdsync --patch --force")]
    [InlineData("bdsync --patch /etc/passwd")]
    public void Other_work_of_the_program_is_refused(string line)
    {
        var request = RestrictedRequest.Read(line);
        Assert.Throws<RestrictionException>(() => RestrictedCommandLine.Parse([.. request.Values.Cast<string>()], allowForce: false));
    }

    [Theory]
    [InlineData("bdsync --server", "--server")]
    [InlineData("  bdsync   --server  ", "--server")]
    [InlineData("/opt/bin/bdsync -s -v -z", "-s -v -z")]
    [InlineData("'bdsync' '--server' --threads=1000000", "--server --threads=1000000")]
    [InlineData("bdsync --patch=/dev/vg0/a --diffsize=resize", "--patch=/dev/vg0/a --diffsize=resize")]
    [InlineData("bdsync '--patch=/a b'\\''c'", "--patch=/a b'c")]
    [InlineData("bdsync -p/dev/vg0/a -w", "-p/dev/vg0/a -w")]
    [InlineData("bdsync --version", "--version")]
    [InlineData("sh -c 'read -r x; bdsync --patch'", "--patch")]
    public void What_clients_ask_for_is_understood(string line, string words)
    {
        var request = RestrictedRequest.Read(line);
        Assert.Equal(words, string.Join(' ', request.Values));
        Assert.InRange(RestrictedCommandLine.Parse([.. request.Values.Cast<string>()], allowForce: false).Server.Threads, 1, RestrictedCommandLine.MaxThreads);
    }

    [Fact]
    public void Force_can_be_allowed() => Assert.True(RestrictedCommandLine.Parse(["--patch", "--force"], allowForce: true).Force);

    [Fact]
    public void A_session_may_be_logged_and_not_each_message_of_it() => Assert.Equal(1, RestrictedCommandLine.Parse(["--server", "-vvv"], allowForce: false).Verbosity);

    [Fact]
    public void A_command_that_is_too_long_is_refused() => Assert.Throws<RestrictionException>(() => RestrictedRequest.Read("bdsync " + new string('x', 1024 * 1024)));

    // What is written is recognised, whatever the paths are.
    [Fact]
    public void Each_script_of_a_task_is_recognised()
    {
        var path = Gen.Elements(" \t\n'\"\\$`*?[]{}()<>|&;#~!=-./%^\r\u0001éa".Select(character => character.ToString()).ToArray()).ListOf().Select(parts => "/" + string.Concat(parts));
        foreach (var (text, index) in path.Sample(SampleCount).Select((text, index) => (text, index)))
        {
            string[] words = [.. Enumerable.Range(0, index % 3).Select(number => $"--x={text}{number}")];
            (ScriptTemplate Template, object[] Values)[] scripts =
            [
                (RemoteScripts.Probe, []), (RemoteScripts.GetVersion, ["/a b/bdsync"]), (RemoteScripts.Exists, [text]), (RemoteScripts.CreateFile, [text, text]), (RemoteScripts.WriteFile, [text]), (RemoteScripts.GetLength, [text]),
                (RemoteScripts.GetSha256, [text]), (RemoteScripts.Remove, [text]), (RemoteScripts.List, [text, text]), (RemoteScripts.CreatePatchFile, [text, text, text, text]),
                (RemoteScripts.Apply, ["bdsync", words, text]), (RemoteScripts.ApplyByHand, ["bdsync", words, text]),
            ];
            foreach (var (template, values) in scripts)
            {
                foreach (var (skips, line) in new[] { (false, ShellWord.Script(template.Write(values))), (true, ShellWord.Script(RemoteScripts.SkipLine + template.Write(values))) })
                {
                    var request = RestrictedRequest.Read(line);
                    Assert.Same(template, request.Template);
                    Assert.Equal(skips, request.SkipsLine);
                    Assert.Equal(values, request.Values);
                }
            }
        }
    }

    // Whatever is taken for a script is that script, to the last character; all else are words without anything for a shell in them.
    [Fact]
    public void Nasty_fragments_are_refused_or_mean_what_they_say()
    {
        foreach (var line in Gen.Elements(Fragments).ListOf().Select(string.Concat).Sample(SampleCount * 10).Concat(Gen.Elements(Fragments).ListOf().Select(parts => string.Join(' ', parts)).Sample(SampleCount * 10)))
        {
            try
            {
                var request = RestrictedRequest.Read(line);
                if (request.Template is { } template)
                {
                    Assert.Contains(template.Write(request.Values), new[] { line, line.Replace(RemoteScripts.SkipLine, "", StringComparison.Ordinal) });
                }
            }
            catch (RestrictionException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }
    }
}
