using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using RepoPortal.Portal.Imports.Uploads;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.Shell.Forms;

namespace RepoPortal.Portal.Imports.Pages;

/// <summary>What <see cref="SourceFields"/> sends, read. A file that comes with the form itself, because there is no script, becomes an upload first.</summary>
internal sealed class SourceForm(BeginUpload begin, ContinueUpload uploads)
{
    /// <summary>The largest file that comes with a form, in bytes; a script sends larger ones in pieces before.</summary>
    internal const long LargestFile = 128L * 1024 * 1024;

    /// <summary>The largest form.</summary>
    internal const long LargestBody = LargestFile + (1024 * 1024);

    /// <summary>Reads the fields.</summary>
    /// <param name="context">The request, whose form was checked to be ours.</param>
    /// <param name="errors">Gets what cannot be taken.</param>
    internal async Task<(NewSource Source, ImmutableDictionary<string, string> Authors)?> ReadAsync(HttpContext context, FormErrors errors)
    {
        var form = context.Request.Form;
        if (!ParseAuthors.FromLines(form["authors"]).Succeeded(out var authors, out var refusal))
            errors.Add(refusal);
        var upload = Guid.TryParse(form["upload"], out var id) ? id : (Guid?)null;
        if (upload is null && form.Files["file"] is { Length: > 0 } file && !errors.Any)
        {
            var sent = await SendAsync(file, context);
            if (!sent.Succeeded(out var view, out refusal))
                errors.Add(refusal with { Field = "file" });
            else
                upload = view.Id;
        }

        if (upload is not null && !string.IsNullOrWhiteSpace(form["url"]))
            errors.Add("url", "Choose a file or give an address, not both.");
        return errors.Any ? null : (new NewSource(upload, form["url"], form["user"], form["password"]), authors!);
    }

    private async Task<Outcome<UploadView>> SendAsync(IFormFile file, HttpContext context)
    {
        var actor = context.User.ToActor();
        if (!(await begin.ExecuteAsync(file.Length, actor, context.RequestAborted)).Succeeded(out var upload, out var refusal))
            return refusal;
        await using var content = file.OpenReadStream();
        return await uploads.ExecuteAsync(upload.Id, 0, content, actor, context.RequestAborted);
    }
}
