using Microsoft.Extensions.DependencyInjection;
using RepoPortal.Portal.People.Account;
using RepoPortal.Portal.People.Add;
using RepoPortal.Portal.People.Administer;
using RepoPortal.Portal.People.Collaborators;
using RepoPortal.Portal.People.Email;
using RepoPortal.Portal.People.FirstAdministrator;
using RepoPortal.Portal.People.Groups;
using RepoPortal.Portal.People.Passkeys;
using RepoPortal.Portal.People.Passwords;
using RepoPortal.Portal.People.Providers;
using RepoPortal.Portal.People.SecondFactor;
using RepoPortal.Portal.People.ServiceAccounts;
using RepoPortal.Portal.People.Sessions;
using RepoPortal.Portal.People.SignIn;
using RepoPortal.Portal.People.Tokens;
using RepoPortal.Portal.Policy;

namespace RepoPortal.Portal.People;

/// <summary>What there is of people: accounts, sign-in, sessions, groups, tokens.</summary>
internal static class PeopleSetup
{
    /// <summary>The use cases.</summary>
    internal static void AddPeople(this IServiceCollection services)
    {
        services.AddScoped<Accounts>();
        services.AddScoped<ViewProfile>();
        services.AddScoped<ChangeProfile>();
        services.AddScoped<ChangePassword>();
        services.AddScoped<AddUser>();
        services.AddScoped<SetPassword>();
        services.AddScoped<SuspendUser>();
        services.AddScoped<ListPeople>();
        services.AddScoped<ListCollaborators>();
        services.AddScoped<RenewCollaborator>();
        services.AddScoped<EndCollaborator>();
        services.AddScoped<TakeOver>();
        services.AddScoped<AllowCreation>();
        services.AddScoped<RequestEmailChange>();
        services.AddScoped<ConfirmEmailChange>();
        services.AddScoped<CreateFirstAdministrator>();
        services.AddScoped<ListGroups>();
        services.AddScoped<ViewGroup>();
        services.AddScoped<CreateGroup>();
        services.AddScoped<ChangeGroup>();
        services.AddScoped<DeleteGroup>();
        services.AddSingleton<GroupPublication>();
        services.AddScoped<AddPasskey>();
        services.AddScoped<RemovePasskey>();
        services.AddScoped<SignInByPasskey>();
        services.AddScoped<IssuePasswordLink>();
        services.AddSingleton<ForgotPassword>();
        services.AddSingleton<SignInProviders>();
        services.AddSingleton<RefreshTokens>();
        services.AddSingleton<AddressProofs>();
        services.AddSingleton<ProvidedGroups>();
        services.AddSingleton<FollowProvider>();
        services.AddSingleton<DisablePerson>();
        services.AddSingleton<AskProvider>();
        services.AddScoped<PendingIdentity>();
        services.AddScoped<SignInByProvider>();
        services.AddScoped<ViewFirstSignIn>();
        services.AddScoped<CreateProvidedAccount>();
        services.AddScoped<JoinIdentity>();
        services.AddScoped<RemoveIdentity>();
        services.AddScoped<SignInByCode>();
        services.AddScoped<PendingCode>();
        services.AddScoped<Authenticator>();
        services.AddScoped<ViewSecurity>();
        services.AddScoped<RecoveryCodes>();
        services.AddScoped<CreateServiceAccount>();
        services.AddScoped<CreateServiceToken>();
        services.AddScoped<ListServiceAccounts>();
        services.AddScoped<EndServiceAccount>();
        services.AddScoped<TakeOverServiceAccount>();
        services.AddScoped<BeginSession>();
        services.AddScoped<ContinueSession>();
        services.AddScoped<EndSession>();
        services.AddScoped<ListSessions>();
        services.AddSingleton<FindSession>();
        services.AddScoped<SignInByPassword>();
        services.AddSingleton<FailedSignIns>();
        services.AddSingleton<AccountFailures>();
        services.AddScoped<CreateToken>();
        services.AddScoped<ListTokens>();
        services.AddScoped<RevokeToken>();
        services.AddSingleton<FindToken>();
        services.AddSingleton<StillLetIn>();
        services.AddScoped<ChangePolicy>();
    }

    /// <summary>What works in the background.</summary>
    internal static void AddPeopleWork(this IServiceCollection services)
    {
        services.AddHostedService(provider => provider.GetRequiredService<ForgotPassword>());
        services.AddHostedService<ProviderChecks>();
        services.AddHostedService<CollaboratorEnds>();
        services.AddHostedService<CollaboratorReminders>();
    }
}
