using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using BdSync.TestUtilities;

namespace BdSync.Cli.Tests.Commands;

/// <summary><c>bdsync map</c> as a user runs it.</summary>
public sealed class MapCommandTests : IDisposable
{
    private const int Length = 3_000_000;

    private readonly TemporaryFolder folder = new();
    private readonly string local;
    private readonly string remote;

    public MapCommandTests()
    {
        var content = new byte[Length];
        new Random(1).NextBytes(content);
        local = folder.CreateFile("local", content);
        content.AsSpan(8192, 4096).Clear();
        content[^1]++;
        remote = folder.CreateFile("remote", content);
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--local")]
    [InlineData("'{bdsync} --server'")]
    [InlineData("--channels=2 --blocksize=4096 -t --hash sha1 '{bdsync} --server'")]
    public void What_differs_is_shown_and_ends_with_14(string words)
    {
        var result = Run($"{words} {local} {remote}");
        Assert.Equal((14, ""), (result.ExitCode, result.Errors));
        var text = ToText(result);
        Assert.Contains("local and ", text, StringComparison.Ordinal);
        Assert.Contains("differ: 5.7 KiB (5824 bytes) in 2 extents, of 2.9 MiB compared\n", text, StringComparison.Ordinal);
        Assert.Contains("4 KiB     at offset 8192\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, character => char.IsControl(character) && character != '\n');
        Assert.Equal(1, text.Split("A cell is").Length - 1);
    }

    [Theory]
    [InlineData("--local")]
    [InlineData("'{bdsync} --server'")]
    public void The_same_ends_with_0(string words)
    {
        var result = Run($"{words} {local} {local}");
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Contains("are the same: 2.9 MiB compared\n", ToText(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--local {short} {remote}")]
    [InlineData("--local {remote} {short}")]
    [InlineData("'{bdsync} --server' {short} {remote}")]
    [InlineData("'{bdsync} --server' {remote} {short}")]
    public void What_only_one_has_is_different_on_the_map(string words)
    {
        var shorter = folder.CreateFile("short", File.ReadAllBytes(remote).AsSpan(0, Length - 10_000));
        var result = Run($"--json {words.Replace("{short}", shorter, StringComparison.Ordinal).Replace("{remote}", remote, StringComparison.Ordinal)}");
        Assert.Equal((14, ""), (result.ExitCode, result.Errors));
        var root = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal((1, false), (root.GetProperty("version").GetInt32(), root.GetProperty("equal").GetBoolean()));
        Assert.Equal(0, root.GetProperty("extents").GetProperty("count").GetInt64());
        Assert.Equal(10_000, root.GetProperty("map").GetProperty("changed_lengths").EnumerateArray().Sum(cell => cell.GetInt64()));
        Assert.Equal(Length, root.GetProperty("map").GetProperty("device_length").GetInt64());
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(1, "--local a")]
    [InlineData(1, "--local --remdata a b")]
    [InlineData(1, "--bogus a b c")]
    [InlineData(1, "--blocksize=0 cmd a b")]
    [InlineData(1, "--local a b --svg -")]
    [InlineData(12, "--local missing missing")]
    [InlineData(12, "'{bdsync} --server' missing missing")]
    [InlineData(6, "'{bdsync} --server' {local} missing")]
    [InlineData(8, "/missing-command {local} {local}")]
    [InlineData(9, "--local {local} {local} --svg missing/map.svg")]
    public void Whatever_is_wrong_has_its_exit_status(int status, string words)
    {
        var result = Run(words);
        Assert.Equal((status, 0), (result.ExitCode, status == 9 ? 0 : result.Output.Length));
        Assert.NotEmpty(result.Errors);
        Assert.DoesNotContain("unexpected", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_picture_is_written()
    {
        Assert.Equal(14, Run($"--local {local} {remote} --svg {folder.GetPath("map.svg")}").ExitCode);
        Assert.Equal("svg", XDocument.Load(folder.GetPath("map.svg")).Root!.Name.LocalName);
    }

    // The remote command waits, so that the map is drawn at least twice, and says something meanwhile.
    [Theory]
    [InlineData("TERM=xterm", true)]
    [InlineData("TERM=dumb", false)]
    public void On_a_terminal_the_map_is_drawn_while_the_devices_are_compared(string environment, bool isRedrawn)
    {
        Tool.Require("script");
        var server = folder.CreateFile("server", Encoding.UTF8.GetBytes($"#!/bin/sh\n{BdSyncProgram.Path} --server | {{ dd bs=1 count=1000 2>/dev/null; sleep 1; echo words >&2; sleep 1; cat; }}\n"));
        File.SetUnixFileMode(server, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var result = BdSyncProgram.RunShell($"{environment} script -qec 'stty cols 60 rows 20; {BdSyncProgram.Path} map -b 512 {server} {local} {remote}' /dev/null");
        Assert.Equal(14, result.ExitCode);
        var text = ToText(result);
        Assert.Contains("RMTERR: words", text, StringComparison.Ordinal);
        Assert.Equal(isRedrawn, text.Contains("% compared", StringComparison.Ordinal));
        Assert.Equal(isRedrawn, text.Contains('\e', StringComparison.Ordinal));
        Assert.Contains("bytes) in 2 extents", text, StringComparison.Ordinal);
    }

    private BdSyncProgram.Result Run(string words) => BdSyncProgram.RunShell(
        $"cd {folder.FullPath}; {BdSyncProgram.Path} map {words.Replace("{bdsync}", BdSyncProgram.Path, StringComparison.Ordinal).Replace("{local}", local, StringComparison.Ordinal)}");

    private static string ToText(BdSyncProgram.Result result) => Encoding.UTF8.GetString(result.Output);
}
