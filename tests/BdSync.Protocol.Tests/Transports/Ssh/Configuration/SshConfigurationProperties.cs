using System.Text;
using BdSync.Protocol.Transports.Ssh.Configuration;
using BdSync.TestUtilities;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Transports.Ssh.Configuration;

/// <summary>Any configuration is understood as the real ssh does, or refused in a sentence.</summary>
public sealed class SshConfigurationProperties : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Property(MaxTest = 80)]
    public Property Any_configuration_is_understood_as_ssh_does()
    {
        SshProgram.Require();
        return Prop.ForAll(SshConfigurationGenerators.Configurations, input =>
            SshComparison.AssertSame(folder.CreateFile("config", Encoding.UTF8.GetBytes(input.Configuration)), input.Host, comparesFiles: false));
    }

    [Property(MaxTest = 1000)]
    public Property Any_bytes_are_understood_or_refused() => Prop.ForAll(SshConfigurationGenerators.HostileFiles, bytes =>
    {
        var file = folder.CreateFile("config", bytes);
        try
        {
            var settings = SshComparison.Resolve(file, "host");
            Assert.InRange(settings.Port, 1, 65535);
            Assert.NotEmpty(settings.User);
        }
        catch (TransportException error)
        {
            Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(error.Message, char.IsControl);
        }
    });

    [Property(MaxTest = 500)]
    public Property Any_destination_is_understood_or_refused() => Prop.ForAll(
        Arb.From(Gen.Elements("", "ssh://", "ssh://u@", "a@", "[").Zip(Gen.ArrayOf(Gen.OneOf(Gen.Elements("%:@[]/?#;+-.0aZ\0\n ü\ud800".ToCharArray()), Gen.Choose(32, 126).Select(number => (char)number))))),
        parts =>
        {
            try
            {
                var destination = SshDestination.Parse(parts.Item1 + new string(parts.Item2));
                Assert.Null(destination.FindProblem());
                Assert.True(SshDestinationParser.TryParseJump(destination.ToString(), out var again, out var problem), problem);
                Assert.Equal(destination, again);
            }
            catch (TransportException error)
            {
                Assert.Equal(BdSyncExitStatus.Parameters, error.ExitStatus);
            }
        });

    [Property(MaxTest = 500)]
    public Property A_quoted_word_stays_as_it_is() => Prop.ForAll(
        Arb.From(Gen.ArrayOf(Gen.OneOf(Gen.Elements("\\\"' \t#ab".ToCharArray()), Gen.Choose(32, 126).Select(number => (char)number)))),
        characters =>
        {
            var word = new string(characters);
            Assert.Equal([word], SshConfigurationWords.Split(SshConfigurationWords.Quote(word)));
        });

    [Property(MaxTest = 1000)]
    public Property A_pattern_matches_as_the_same_regular_expression() => Prop.ForAll(
        Arb.From(Gen.ArrayOf(Gen.Elements('a', 'b')).Resize(12).Zip(Gen.ArrayOf(Gen.Elements('a', 'b', '?', '*')).Resize(8))),
        pair =>
        {
            var (text, pattern) = (new string(pair.Item1), new string(pair.Item2));
            var expression = $"^{pattern.Replace('?', '.').Replace("*", ".*", StringComparison.Ordinal)}$";
            Assert.Equal(System.Text.RegularExpressions.Regex.IsMatch(text, expression), HostPattern.Matches(text, pattern));
        });
}
