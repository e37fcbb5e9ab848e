using BdSync.Lvm.Changes;

namespace BdSync.Lvm.Tests.Changes;

/// <summary>What dmsetup prints of a device of dm-era.</summary>
public class EraTableTests
{
    [Fact]
    public void Table_is_read() => Assert.Equal(new(16384, "254:1", "254:0", 128), EraTable.TryParse("0 16384 era 254:1 254:0 128\n"));

    [Theory]
    [InlineData("")]
    [InlineData("0 16384 linear 254:1 0")]
    [InlineData("0 16384 era 254:1 254:0 128\n16384 16384 era 254:1 254:2 128\n")]
    [InlineData("8 16384 era 254:1 254:0 128")]
    [InlineData("0 0 era 254:1 254:0 128")]
    [InlineData("0 16384 era 254:1 254:0 0")]
    [InlineData("0 99999999999999999999 era 254:1 254:0 128")]
    [InlineData("0 16384 era ../1 254:0 128")]
    [InlineData("0 16384 era 254:1 254:0 128 more")]
    public void Another_table_is_none(string text) => Assert.Null(EraTable.TryParse(text));
}
