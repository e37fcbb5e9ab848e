namespace BdSync.Packaging.Tests.Debian;

/// <summary>The tests that share <see cref="DebianPackages"/>, which take minutes to make.</summary>
[CollectionDefinition(Name)]
public sealed class DebianPackagesGroup : ICollectionFixture<DebianPackages>
{
    /// <summary>What the tests name.</summary>
    public const string Name = "Debian packages";
}
