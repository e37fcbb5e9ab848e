namespace BdSync.Packaging.Tests.NuGet;

/// <summary>Marks the tests that share the packages: see <see cref="PackageFixture"/>.</summary>
[CollectionDefinition(nameof(PackageTests))]
public sealed class PackageTests : ICollectionFixture<PackageFixture>;
