using System.Net;
using System.Text;
using BdSync.Cli.Output;
using BdSync.Cli.Restriction;
using BdSync.Protocol;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Commands;

/// <summary><c>bdsync restrict</c></summary>
internal static class RestrictCommand
{
    public static async Task<int> RunAsync(RestrictOptions options, CancellationToken cancellationToken)
    {
        // The client chooses the locale (AcceptEnv), and is to understand the answers.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

        // sshd sets both, whatever the client sends.
        var line = Environment.GetEnvironmentVariable("SSH_ORIGINAL_COMMAND") ?? "";
        var address = (Environment.GetEnvironmentVariable("SSH_CONNECTION") ?? "").Split(' ')[0];
        var client = IPAddress.TryParse(address, out var parsed) ? parsed.ToString() : "an unknown address";
        try
        {
            var request = RestrictedRequest.Read(line);
            using var session = new RestrictedSession(options, Log);
            Log(LogLevel.Information, $"asks for: {PrintableText.From(line)}");
            return await session.RunAsync(request, cancellationToken);
        }
        catch (RestrictionException exception)
        {
            Log(LogLevel.Warning, $"refused: {exception.Message} It was asked for: {PrintableText.From(line)}");
            throw new BdSyncException(exception.ExitStatus, PrintableText.From($"Refused: {exception.Message}", maxLength: PlainPath.MaxLength), exception);
        }
        catch (BdSyncException exception)
        {
            Log(LogLevel.Error, exception.Message);
            throw;
        }

        void Log(LogLevel level, string message) => Syslog.Write(level, $"restrict: {client}: {message}");
    }
}
