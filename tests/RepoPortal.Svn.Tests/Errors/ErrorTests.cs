using RepoPortal.Svn.Errors;
using RepoPortal.Svn.Interop;
using RepoPortal.Svn.Tests.Oracle;

namespace RepoPortal.Svn.Tests.Errors;

public sealed unsafe class ErrorTests : RepositoryTest
{
    [Fact]
    public void Copies_the_whole_chain_outermost_first()
    {
        _ = LibSvn.Root;
        var inner = SvnSubr.svn_error_create((int)SvnErrorCode.FsCorrupt, null, "innen größer");
        var outer = SvnSubr.svn_error_create((int)SvnErrorCode.FsNotFound, inner, null);

        var exception = NativeError.Translate(outer);

        Assert.Equal([SvnErrorCode.FsNotFound, SvnErrorCode.FsCorrupt], exception.Chain.Select(link => link.Code));
        Assert.Equal(["SVN_ERR_FS_NOT_FOUND", "SVN_ERR_FS_CORRUPT"], exception.Chain.Select(link => link.SymbolicName));
        Assert.Equal("Filesystem has no item: innen größer", exception.Message);
        Assert.Equal(SvnErrorCode.FsNotFound, exception.SvnErrorCode);
        Assert.Equal("SVN_ERR_FS_NOT_FOUND", exception.SymbolicName);
        Assert.True(exception is { IsNotFound: true, IsCorrupt: true, IsDiskFull: false });
    }

    [Theory]
    [InlineData(SvnErrorCode.NoSpace)]
    [InlineData(SvnErrorCode.QuotaExceeded)]
    public void Tells_a_full_disk(SvnErrorCode code)
    {
        _ = LibSvn.Root;
        var exception = NativeError.Translate(SvnSubr.svn_error_create((int)code, null, null));
        Assert.True(exception is { IsDiskFull: true, IsNotFound: false, IsNotRepository: false });
        Assert.NotEmpty(exception.Message);
    }

    [Theory]
    [InlineData(SvnErrorCode.BadPropertyValue)]
    [InlineData(SvnErrorCode.BadPropertyValueEol)]
    [InlineData(SvnErrorCode.MalformedFile)]
    [InlineData(SvnErrorCode.BadVersionFileFormat)]
    [InlineData(SvnErrorCode.RevnumParseFailure)]
    [InlineData(SvnErrorCode.SvnDiffCorruptWindow)]
    [InlineData(SvnErrorCode.FsMalformedNodeRevId)]
    [InlineData(SvnErrorCode.AuthzInvalidConfig)]
    [InlineData(SvnErrorCode.AssertionFail)]
    [InlineData(SvnErrorCode.Cancelled)]
    [InlineData(SvnErrorCode.ChecksumMismatch)]
    [InlineData(SvnErrorCode.DirectoryNotEmpty)]
    [InlineData(SvnErrorCode.FsPathSyntax)]
    [InlineData(SvnErrorCode.FsNotDirectory)]
    [InlineData(SvnErrorCode.FsNotFile)]
    [InlineData(SvnErrorCode.FsIndexInconsistent)]
    [InlineData(SvnErrorCode.FsPropBaseValueMismatch)]
    [InlineData(SvnErrorCode.RepositoryUnsupportedVersion)]
    public void Names_codes_as_the_library_does(SvnErrorCode code)
    {
        _ = LibSvn.Root;
        var name = NativeError.Translate(SvnSubr.svn_error_create((int)code, null, null)).SymbolicName!;
        var expected = code.ToString().Replace("Repository", "Repos", StringComparison.Ordinal)
            .Replace("Directory", code == SvnErrorCode.DirectoryNotEmpty ? "Dir" : "Directory", StringComparison.Ordinal)
            .Replace("BaseValue", "Basevalue", StringComparison.Ordinal);
        Assert.Equal(expected, name["SVN_ERR".Length..].Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
    }

    [Fact]
    public void Raises_a_failed_assertion_of_the_library_instead_of_ending_the_process()
    {
        _ = LibSvn.Root;
        var exception = Assert.Throws<SvnException>(() => NativeError.Check(SvnSubr.svn_error__malfunction(1, "file.c", 42, "path_is_canonical")));
        Assert.Equal(SvnErrorCode.AssertionFail, exception.SvnErrorCode);
        Assert.Contains("path_is_canonical", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_what_is_not_a_repository()
    {
        var file = NewPath("file");
        File.WriteAllText(file, "");
        Directory.CreateDirectory(NewPath("empty"));
        foreach (var name in new[] { "missing", "empty", "file", "file/below" })
        {
            var refused = Assert.Throws<SvnException>(() => Look.GetYoungest(NewPath(name)));
            Assert.True(refused.IsNotRepository, $"{name}: {refused.Message}");
            Assert.False(refused.IsNotFound);
        }
    }

    [Fact]
    public void Tells_a_repository_of_a_newer_version()
    {
        var path = CreateRepository();
        var format = Path.Join(path, "db", "format");
        File.Delete(format); // it is read-only
        File.WriteAllText(format, "99\n");
        Assert.True(Assert.Throws<SvnException>(() => Look.GetYoungest(path)).IsNotRepository);
    }

    [Fact]
    public void Tells_a_damaged_revision()
    {
        var path = NewPath();
        Tool.Run("svnadmin", "create", path);
        CommitFile(path, "file", "some content that is long enough to be damaged in the middle"u8.ToArray());
        var revision = Path.Join(path, "db", "revs", "0", "1");
        File.SetAttributes(revision, FileAttributes.Normal);
        var bytes = File.ReadAllBytes(revision);
        Array.Fill(bytes, (byte)'x', 0, bytes.Length / 2);
        File.WriteAllBytes(revision, bytes);

        var refused = Assert.Throws<SvnException>(() =>
        {
            using var stream = Look.OpenFile(new SvnLookOrigin(path), "/file");
            stream.CopyTo(Stream.Null);
        });

        Assert.True(refused.IsCorrupt, string.Join(' ', refused.Chain));
        Assert.False(refused.IsNotRepository);
    }

    [Fact]
    public void Tells_a_damaged_current_file()
    {
        var path = CreateRepository();
        File.WriteAllText(Path.Join(path, "db", "current"), "nonsense\n");
        Assert.True(Assert.Throws<SvnException>(() => Look.GetYoungest(path)).IsCorrupt);
    }
}
