using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using BdSync.Cli.Maps;
using BdSync.Cli.Output;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Cli.Tests.Maps;

public class SvgMapTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Names =>
    [
        "/dev/vg0/data", "", "a<b>&\"'c", "]]><script>alert(1)</script>", "\0\u0001\u001b[31m\r\n\t\u007f\u0085\u009b", "\ud800 and \udc00", "\uffff\ufffe\ufeff\u202e",
        "дом/資料/😀", "&#0; &amp; <!-- --> <![CDATA[", new string('<', 16384), new string('\u0001', 16384),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_well_formed_whatever_the_names(string name)
    {
        var root = Parse(SvgMap.Draw([new DeviceCells(1_000_000)], name, [name, name]));
        var texts = root.Elements(Svg + "text").Where(text => text.Attribute("class")?.Value != "label").Take(3).Prepend(root.Element(Svg + "title")!);
        Assert.All(texts, text => Assert.Equal(PrintableText.From(name, maxLength: 110), text.Value));
    }

    [Property(MaxTest = 50)]
    public Property It_has_a_sensible_size_and_nothing_lies_outside() => Prop.ForAll(CellExample.Any, CellExample.Any, (one, other) =>
    {
        var root = Parse(SvgMap.Draw([(one with { MaxCount = 4096 }).CreateCells(), (other with { MaxCount = 4096 }).CreateCells()], "title", ["more"]));
        var (width, height) = (Number(root, "width"), Number(root, "height"));
        Assert.Equal($"0 0 {width} {height}", root.Attribute("viewBox")?.Value);
        Assert.InRange(width, 500, 1200);
        Assert.InRange(height, 100, 800);
        foreach (var shape in root.Elements(Svg + "rect").Skip(1))
        {
            Assert.InRange(Number(shape, "x") + Number(shape, "width"), 1, width);
            Assert.InRange(Number(shape, "y") + Number(shape, "height"), 1, height);
        }
    });

    // Nothing but shapes and text: no script, no link, nothing from elsewhere.
    private static XElement Parse(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var root = XDocument.Load(reader).Root!;
        Assert.Equal(Svg + "svg", root.Name);
        Assert.DoesNotContain(root.DescendantsAndSelf(), element => element.Name.LocalName is not ("svg" or "style" or "title" or "text" or "rect"));
        Assert.DoesNotContain(root.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || attribute.Name.LocalName == "href");
        return root;
    }

    private static int Number(XElement element, string name) => int.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
