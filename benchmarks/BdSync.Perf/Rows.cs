namespace BdSync.Perf;

/// <summary>What is measured.</summary>
internal static class Rows
{
    /// <summary>All rows whose other tool is there.</summary>
    public static IEnumerable<Row> Create(PerfOptions options, Devices devices)
    {
        var ours = options.BdSync;

        // Twice: pages that have just come from the disk are slower to read than those that were read before, and the C tool drops them each time.
        string Warm(params string[] paths) => $"cat {string.Join(' ', paths)} {string.Join(' ', paths)} > /dev/null";
        Command Sync(string client, string server, string target, string arguments = "") =>
            new($"{client} {arguments} '{server} --server' {devices.Source} {target} > /dev/null", Warm(devices.Source, target));

        if (options.Stock is { } stock)
        {
            Row Pair(string name, string asked, string target, string arguments, string? theirArguments = null) =>
                new(name, asked, Sync(ours, ours, target, arguments), Sync(stock, stock, target, theirArguments ?? arguments));
            Row OurClient(string name, string asked, string arguments) =>
                new(name, asked, Sync(ours, stock, devices.OnePercent, arguments), Sync(stock, stock, devices.OnePercent));

            yield return Pair("our pair, md5", "≥ 8", devices.OnePercent, "--hash=md5");
            yield return Pair("our pair, default (xxh128)", "≥ 15", devices.OnePercent, "");
            yield return Pair("our pair, nothing differs", "≥ 8", devices.Same, "");
            yield return Pair("our pair, everything differs", "≥ 3", devices.Different, "");
            yield return Pair("our pair, nothing differs, md5", "", devices.Same, "--hash=md5");
            yield return Pair("our pair, everything differs, md5", "", devices.Different, "--hash=md5");
            yield return Pair("our pair, --twopass", "≥ 10", devices.OnePercent, "--twopass");
            yield return Pair("our pair, sha256", "≥ 1.3", devices.OnePercent, "--hash=sha256");
            yield return Pair("our pair, sha1", "", devices.OnePercent, "--hash=sha1");
            yield return OurClient("our client, stock server, md5, 1 channel", "≥ 1.2", "");
            yield return OurClient("our client, stock server, md5, 2 channels", "≥ 1.9", "--channels=2");
            yield return OurClient("our client, stock server, --hash=auto, 1 channel", "≥ 2.2", "--hash=auto");
            yield return OurClient("our client, stock server, --hash=auto, 2 channels", "≥ 3.5", "--hash=auto --channels=2");
            yield return new("stock client, our server", "≥ 1.0", Sync(stock, ours, devices.OnePercent), Sync(stock, stock, devices.OnePercent));
            var prepare = $"{ours} --local {devices.Source} {devices.OnePercent} > patch; {Restore(devices)}";
            yield return new(
                "applying the patch", "≥ 1.0", new($"{ours} --patch={devices.Scratch} < patch", prepare), new($"{stock} --patch={devices.Scratch} < patch; sync -f {devices.Scratch}", prepare));
        }

        var apply = new Command($"{ours} --local --apply {devices.Source} {devices.Scratch}", Restore(devices));
        if (options.BlocksyncFast is { } blocksync)
        {
            yield return new("--local --apply, blocksync-fast", "≥ 0.83", apply, new($"{blocksync} -s {devices.Source} -d {devices.Scratch} > /dev/null", Restore(devices)));
        }

        if (options.Rsync is { } rsync && !options.Loop)
        {
            yield return new("--local --apply, rsync", "≥ 5", apply, new($"{rsync} --inplace --no-whole-file -B 4096 {devices.Source} {devices.Scratch}", Restore(devices)));
        }

        var dense = new Command($"{ours} '{ours} --server' {string.Join(' ', devices.Dense)} > /dev/null", Warm(devices.Dense));
        yield return new(
            "half as much data, in a hole 32 times the size; theirs: ours without the hole", "≈ 1",
            new($"{ours} '{ours} --server' {string.Join(' ', devices.Sparse)} > /dev/null", WarmSparse(devices)), dense);
        if (Environment.IsPrivilegedProcess)
        {
            const string cold = "sync; echo 3 > /proc/sys/vm/drop_caches";
            yield return new(
                "--local --direct, cold; theirs: dd iflag=direct bs=4M of both", "≥ 0.95",
                new($"{ours} --local --direct {devices.Source} {devices.Same} > /dev/null", cold),
                new($"for d in {devices.Source} {devices.Same}; do dd if=$d of=/dev/null iflag=direct bs=4M status=none; done", cold));
        }

        yield return new("--help", "≤ 10 ms", new($"{ours} --help > /dev/null"), null);
    }

    // Their data only: what a hole takes to read is not to be in the way.
    private static string WarmSparse(Devices devices) =>
        string.Join(';', devices.Sparse.Concat(devices.Sparse).Select(path => $"dd if={path} of=/dev/null bs=1M skip={Devices.SparseOffset} count={devices.DenseSize} status=none"));

    private static string Restore(Devices devices) => $"cat {devices.OnePercent} > {devices.Scratch}; cat {devices.Source} {devices.Scratch} > /dev/null";
}
