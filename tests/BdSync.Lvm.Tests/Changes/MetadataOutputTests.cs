using System.Text;
using BdSync.Lvm.Changes;
using BdSync.Protocol;

namespace BdSync.Lvm.Tests.Changes;

/// <summary>The outputs were recorded from thin-provisioning-tools 0.9.</summary>
public class MetadataOutputTests
{
    private const string Delta =
        """
        <superblock uuid="" time="2" transaction="3" data_block_size="128" nr_data_blocks="800">
          <diff left="1" right="2">
            <same begin="0" length="10"/>
            <different begin="10" length="2"/>
            <left_only begin="12" length="1"/>
            <same begin="13" length="7"/>
            <right_only begin="30" length="1"/>
          </diff>
        </superblock>
        """;

    private const string Writes =
        """
        <blocks>
          <range begin="5" end = "7"/>
          <block block="9"/>
        </blocks>
        """;

    [Fact]
    public void Differences_of_thin_volumes_are_joined() => Assert.Equal([new(10 * 65536, 3 * 65536), new(30 * 65536, 65536)], ReadDelta(Delta));

    [Fact]
    public void Volumes_that_are_equal_have_no_differences()
    {
        Assert.Empty(ReadDelta("""<superblock data_block_size="128"><diff left="1" right="1"><same begin="0" length="20"/></diff></superblock>"""));
        Assert.Empty(ReadDelta("""<superblock data_block_size="128"><diff left="1" right="1"/></superblock>"""));
    }

    [Fact]
    public void Writes_since_an_era_are_extents() => Assert.Equal([new(5 * 65536, 2 * 65536), new(9 * 65536, 65536)], ReadWrites(Writes));

    [Fact]
    public void Nothing_written_is_no_extents() => Assert.Empty(ReadWrites("<blocks>\n</blocks>\n"));

    // What is cut anywhere must not be taken for all there is.
    [Fact]
    public void An_output_that_is_cut_is_refused()
    {
        for (var length = 0; length < Delta.Length - "</diff>\n</superblock>".Length; length++)
        {
            Assert.Throws<BdSyncException>(() => ReadDelta(Delta[..length]));
        }

        for (var length = 0; length < Writes.Length; length++)
        {
            Assert.Throws<BdSyncException>(() => ReadWrites(Writes[..length]));
        }
    }

    [Theory]
    [InlineData("<superblock data_block_size=\"0\"><diff/></superblock>")]
    [InlineData("<superblock data_block_size=\"9999999999\"><diff/></superblock>")]
    [InlineData("<superblock><diff/></superblock>")]
    [InlineData("<diff><different begin=\"1\" length=\"1\"/></diff>")]
    [InlineData("<superblock data_block_size=\"128\"><diff><different begin=\"-1\" length=\"1\"/></diff></superblock>")]
    [InlineData("<superblock data_block_size=\"128\"><diff><different begin=\"18446744073709551615\" length=\"1\"/></diff></superblock>")]
    [InlineData("<superblock data_block_size=\"128\"><diff><different begin=\"1\"/></diff></superblock>")]
    [InlineData("<superblock data_block_size=\"128\"><diff><range begin=\"1\" length=\"1\"/></diff></superblock>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><superblock data_block_size=\"128\"><diff/></superblock>")]
    [InlineData("thin_delta: no such device")]
    public void Other_outputs_are_refused(string output) => Assert.Throws<BdSyncException>(() => ReadDelta(output));

    private static IReadOnlyList<Extent> ReadDelta(string output) => ThinDelta.Read(new MemoryStream(Encoding.UTF8.GetBytes(output)));

    private static IReadOnlyList<Extent> ReadWrites(string output) => EraWrites.Read(new MemoryStream(Encoding.UTF8.GetBytes(output)), 65536);
}
