using System.CommandLine;
using BdSync.Perf;

var bdsync = new Option<FileInfo>("--bdsync") { Description = "this project's native program", Required = true };
var stock = new Option<FileInfo?>("--stock") { Description = "the C tool" };
var blocksync = new Option<FileInfo?>("--blocksync-fast") { Description = "blocksync-fast" };
var rsync = new Option<FileInfo?>("--rsync") { Description = "rsync" };
var folder = new Option<DirectoryInfo>("--folder") { Description = "where the devices are made and kept; a disk's file system, read from the page cache", DefaultValueFactory = _ => new("/var/tmp/bdsync-perf") };
var size = new Option<long>("--size") { Description = "the size of a device in MiB", DefaultValueFactory = _ => 2048 };
var runs = new Option<int>("--runs") { Description = "how often each command runs; the median counts", DefaultValueFactory = _ => 5 };
var loop = new Option<bool>("--loop") { Description = "put loop devices over the files (as root)" };
var report = new Option<FileInfo?>("--report") { Description = "the document whose table and chart are replaced" };
var only = new Option<string?>("--only") { Description = "measure only the rows whose name contains this" };

var command = new RootCommand("Measures whole programs, this one and others in turn, and shows ratios.") { bdsync, stock, blocksync, rsync, folder, size, runs, loop, report, only };
command.SetAction(parsed => Measure(new(
    parsed.GetRequiredValue(bdsync).FullName, parsed.GetValue(stock)?.FullName, parsed.GetValue(blocksync)?.FullName, parsed.GetValue(rsync)?.FullName,
    parsed.GetRequiredValue(folder).FullName, parsed.GetValue(size) * 1024 * 1024, parsed.GetValue(runs), parsed.GetValue(loop), parsed.GetValue(report)?.FullName, parsed.GetValue(only))));
return command.Parse(args).Invoke();

static int Measure(PerfOptions options)
{
    using var devices = new Devices(options);
    List<Result> results = [];
    foreach (var row in Rows.Create(options, devices).Where(row => options.Only is null || row.Name.Contains(options.Only, StringComparison.Ordinal)))
    {
        var (ours, theirs) = Measurer.Compare(row.Ours, row.Theirs, options);
        results.Add(new(row, ours, theirs));
        Console.WriteLine(results[^1].ToMarkdown());
    }

    if (options.Report is not null)
    {
        ReportWriter.Write(options.Report, results);
    }

    return 0;
}
