using System.Collections.Immutable;
using RepoPortal.Contracts.People;
using RepoPortal.Contracts.StorageNodes;
using RepoPortal.Svn;

namespace RepoPortal.StorageNode.Access;

/// <summary>Answers questions about an access file as httpd would.</summary>
internal static class CheckAccess
{
    /// <exception cref="StorageException">libsvn refuses the file.</exception>
    public static ImmutableArray<PathAccess> Run(string accessFile, ImmutableArray<AccessQuestion> questions, CancellationToken cancellationToken)
    {
        try
        {
            using var access = SvnAccessFile.Parse(accessFile);
            var answers = ImmutableArray.CreateBuilder<PathAccess>(questions.Length);
            foreach (var question in questions)
            {
                cancellationToken.ThrowIfCancellationRequested();
                answers.Add(Answer(access, question));
            }

            return answers.MoveToImmutable();
        }
        catch (SvnException exception)
        {
            throw StorageFailure.Of("the access file cannot be used", exception);
        }
    }

    private static PathAccess Answer(SvnAccessFile access, AccessQuestion question)
    {
        var user = question.User?.Value ?? UserName.AnonymousValue;
        if (!access.IsAllowed(user, question.Path, SvnAccess.Read))
            return PathAccess.None;
        return access.IsAllowed(user, question.Path, SvnAccess.Write) ? PathAccess.Write : PathAccess.Read;
    }
}
