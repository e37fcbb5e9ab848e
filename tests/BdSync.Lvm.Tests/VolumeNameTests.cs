using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Lvm.Tests;

/// <summary>Names and paths, without a file being looked at.</summary>
public class VolumeNameTests
{
    [Theory]
    [InlineData("/dev/vg0/data", "vg0/data")]
    [InlineData("vg0/data", "vg0/data")]
    [InlineData("/dev/mapper/vg0-data", "vg0/data")]
    [InlineData("/dev/mapper/v--g-d--a--ta", "v-g/d-a-ta")]
    [InlineData("/dev/mapper/vg---data", "vg-/data")]
    [InlineData("/dev/mapper/vg---x-data", null)]
    [InlineData("/dev/mapper/vg0-a-b", null)]
    [InlineData("/dev/mapper/data", null)]
    [InlineData("/dev/vg0", null)]
    [InlineData("/dev/vg0/a/b", null)]
    [InlineData("/srv/image", null)]
    [InlineData("vg0/-data", null)]
    [InlineData("vg0/..", null)]
    [InlineData("vg0/da ta", null)]
    [InlineData("", null)]
    public void Path_is_read(string path, string? name) => Assert.Equal(name, VolumeName.TryParse(path)?.ToString());

    [Property]
    public Property Every_form_of_a_name_leads_back_to_it()
    {
        var name = Gen.Elements("abz09+_.-".ToCharArray()).NonEmptyListOf().Select(list => string.Concat(list)).Where(NameRules.IsValid);
        return Prop.ForAll(name.Two().ToArbitrary(), names =>
        {
            var volume = new VolumeName(names.Item1, names.Item2);
            return VolumeName.TryParse(volume.Path) == volume && VolumeName.TryParse(volume.MapperPath) == volume && VolumeName.TryParse(volume.ToString()) == volume;
        });
    }

    [Fact]
    public void Longest_name_is_taken_and_no_longer_one()
    {
        Assert.Equal(NameRules.MaxNameLength, new VolumeName("vg", new('a', NameRules.MaxNameLength)).Name.Length);
        Assert.Throws<LvmException>(() => new VolumeName("vg", new('a', NameRules.MaxNameLength + 1)));
    }

    [Fact]
    public void Longest_tag_is_taken_and_no_longer_one()
    {
        Assert.Equal(NameRules.MaxTagLength, NameRules.MakeTag("x=", new('a', NameRules.MaxTagLength - 2)).Length);
        Assert.Throws<LvmException>(() => NameRules.MakeTag("x=", new('a', NameRules.MaxTagLength - 1)));
    }

    [Fact]
    public void Tags_tell_all_owners_apart() =>
        Prop.ForAll<NonNull<string>, NonNull<string>>((one, other) =>
            one.Get == other.Get || !IsUnicode(one.Get) || !IsUnicode(other.Get) || NameRules.MakeTag("t=", one.Get) != NameRules.MakeTag("t=", other.Get)).QuickCheckThrowOnFailure();

    // Half a surrogate pair has no UTF-8.
    private static bool IsUnicode(string text) => !text.Any(char.IsSurrogate);
}
