namespace BdSync.Protocol.Transports.Ssh;

/// <summary>
/// Asks for a passphrase once: a connection that is opened again, perhaps at night, gets the answers of the first one. For one loading of keys
/// after the other.
/// </summary>
internal sealed class RememberedPassphrases(Func<string, string?>? ask)
{
    private readonly Dictionary<string, string> answers = [];

    /// <summary>For one loading of keys. A question that comes twice shows that the first answer was wrong.</summary>
    /// <param name="limit">Is stopped while the user thinks.</param>
    /// <param name="timeout">How long it runs anew then.</param>
    /// <returns>What asks; null where nobody can be asked.</returns>
    public Func<string, string?>? StartAsking(CancellationTokenSource limit, TimeSpan timeout)
    {
        if (ask is null)
        {
            return null;
        }

        var asked = new HashSet<string>();
        return question =>
        {
            if (asked.Add(question) && answers.TryGetValue(question, out var known))
            {
                return known;
            }

            limit.CancelAfter(Timeout.InfiniteTimeSpan);
            var answer = ask(question);
            limit.CancelAfter(timeout);
            if (answer is not null)
            {
                answers[question] = answer;
            }

            return answer;
        };
    }
}
