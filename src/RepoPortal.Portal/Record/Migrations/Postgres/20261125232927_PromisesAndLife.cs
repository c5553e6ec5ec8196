using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RepoPortal.Portal.Record.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class PromisesAndLife : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "ChosenBy",
                table: "Tiers",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "MostAutomation",
                table: "Tiers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MostBytes",
                table: "Tiers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MostCommits",
                table: "Tiers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MostOutsiders",
                table: "Tiers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MostPeople",
                table: "Tiers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "NeedsApproval",
                table: "Tiers",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "QuotaBytes",
                table: "Tiers",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RetentionSeconds",
                table: "Tiers",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "Version",
                table: "Tiers",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ArchivedAt",
                table: "Repositories",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ArchivedBy",
                table: "Repositories",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "DeletedAt",
                table: "Repositories",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DeletedBy",
                table: "Repositories",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "GoneAt",
                table: "Repositories",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "HasOwnQuota",
                table: "Repositories",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "OrphanedAt",
                table: "Repositories",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "OwnQuotaBytes",
                table: "Repositories",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "QuotaPending",
                table: "Repositories",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<long>(
                name: "QuotaVersion",
                table: "Repositories",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "QuotaWarned",
                table: "Repositories",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "DriftProposals",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RepositoryId = table.Column<Guid>(type: "uuid", nullable: false),
                    FromTier = table.Column<string>(type: "text", nullable: false),
                    ToTier = table.Column<string>(type: "text", nullable: false),
                    Causes = table.Column<int>(type: "integer", nullable: false),
                    Sentence = table.Column<string>(type: "text", nullable: false),
                    FoundAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    AnsweredBy = table.Column<string>(type: "text", nullable: true),
                    AnsweredAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Reason = table.Column<string>(type: "text", nullable: true),
                    RemindAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Measured_Automation = table.Column<long>(type: "bigint", nullable: false),
                    Measured_Commits = table.Column<long>(type: "bigint", nullable: false),
                    Measured_Outsiders = table.Column<long>(type: "bigint", nullable: false),
                    Measured_People = table.Column<long>(type: "bigint", nullable: false),
                    Measured_Programs = table.Column<long>(type: "bigint", nullable: false),
                    Measured_SizeBytes = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DriftProposals", x => x.Id);
                    table.ForeignKey(
                        name: "FK_DriftProposals_Repositories_RepositoryId",
                        column: x => x.RepositoryId,
                        principalTable: "Repositories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Names",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    RepositoryId = table.Column<Guid>(type: "uuid", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Names", x => x.Name);
                    table.ForeignKey(
                        name: "FK_Names_Repositories_RepositoryId",
                        column: x => x.RepositoryId,
                        principalTable: "Repositories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Protections",
                columns: table => new
                {
                    RepositoryId = table.Column<Guid>(type: "uuid", nullable: false),
                    Generation = table.Column<int>(type: "integer", nullable: false),
                    Revision = table.Column<long>(type: "bigint", nullable: true),
                    AsOf = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    SizeBytes = table.Column<long>(type: "bigint", nullable: false),
                    UnprotectedSince = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    BackupDueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    CheckedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    BackupFailure = table.Column<string>(type: "text", nullable: true),
                    BackupFailedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    BackupFailures = table.Column<int>(type: "integer", nullable: false),
                    VerifiedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    VerificationDueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    VerificationFailure = table.Column<string>(type: "text", nullable: true),
                    VerificationFailedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    OriginalVerifiedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    OriginalDueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Damage = table.Column<string>(type: "text", nullable: true),
                    RehearsedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    RehearsedMilliseconds = table.Column<long>(type: "bigint", nullable: true),
                    RehearsedBytes = table.Column<long>(type: "bigint", nullable: true),
                    RehearsalDueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    RehearsalFailure = table.Column<string>(type: "text", nullable: true),
                    RehearsalFailedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    State = table.Column<int>(type: "integer", nullable: false),
                    StateSince = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    StateReason = table.Column<string>(type: "text", nullable: false),
                    IsAlerted = table.Column<bool>(type: "boolean", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Protections", x => x.RepositoryId);
                    table.ForeignKey(
                        name: "FK_Protections_Repositories_RepositoryId",
                        column: x => x.RepositoryId,
                        principalTable: "Repositories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RecordBackups",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Failure = table.Column<string>(type: "text", nullable: true),
                    TriedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RecordBackups", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Rounds",
                columns: table => new
                {
                    Name = table.Column<string>(type: "text", nullable: false),
                    BegunAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Rounds", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "Tasks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    RepositoryId = table.Column<Guid>(type: "uuid", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Key = table.Column<string>(type: "text", nullable: true),
                    RequestedBy = table.Column<string>(type: "text", nullable: false),
                    RequestedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Phase = table.Column<string>(type: "text", nullable: false),
                    Done = table.Column<long>(type: "bigint", nullable: false),
                    Total = table.Column<long>(type: "bigint", nullable: true),
                    PhaseStartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    FirstEstimate = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Sentence = table.Column<string>(type: "text", nullable: true),
                    Parameters = table.Column<string>(type: "text", nullable: false),
                    LeaseUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tasks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TierRequests",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RepositoryId = table.Column<Guid>(type: "uuid", nullable: false),
                    FromTier = table.Column<string>(type: "text", nullable: false),
                    ToTier = table.Column<string>(type: "text", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    AskedById = table.Column<Guid>(type: "uuid", nullable: true),
                    AskedBy = table.Column<string>(type: "text", nullable: false),
                    AskedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    DecidedBy = table.Column<string>(type: "text", nullable: true),
                    DecidedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Sentence = table.Column<string>(type: "text", nullable: true),
                    EffectiveAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TierRequests", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TierRequests_Repositories_RepositoryId",
                        column: x => x.RepositoryId,
                        principalTable: "Repositories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "Rounds",
                columns: new[] { "Name", "BegunAt", "EndedAt" },
                values: new object[] { "drift", new DateTimeOffset(new DateTime(1970, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)), new DateTimeOffset(new DateTime(1970, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)) });

            migrationBuilder.UpdateData(
                table: "Tiers",
                keyColumn: "Id",
                keyValue: "best-effort",
                columns: new[] { "ChosenBy", "MostAutomation", "MostBytes", "MostCommits", "MostOutsiders", "MostPeople", "NeedsApproval", "QuotaBytes", "RetentionSeconds", "Version" },
                values: new object[] { 0, 1000L, 8589934592L, 500L, 3L, 10L, false, 10737418240L, 2592000L, 1L });

            migrationBuilder.UpdateData(
                table: "Tiers",
                keyColumn: "Id",
                keyValue: "critical",
                columns: new[] { "ChosenBy", "MostAutomation", "MostBytes", "MostCommits", "MostOutsiders", "MostPeople", "NeedsApproval", "QuotaBytes", "RetentionSeconds", "Version" },
                values: new object[] { 0, null, null, null, null, null, false, null, 31536000L, 1L });

            migrationBuilder.UpdateData(
                table: "Tiers",
                keyColumn: "Id",
                keyValue: "standard",
                columns: new[] { "ChosenBy", "MostAutomation", "MostBytes", "MostCommits", "MostOutsiders", "MostPeople", "NeedsApproval", "QuotaBytes", "RetentionSeconds", "Version" },
                values: new object[] { 0, 50000L, 85899345920L, 5000L, 50L, 100L, false, 107374182400L, 7776000L, 1L });

            migrationBuilder.CreateIndex(
                name: "IX_Tiers_Name",
                table: "Tiers",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Tiers_Order",
                table: "Tiers",
                column: "Order",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Repositories_GoneAt",
                table: "Repositories",
                column: "GoneAt");

            migrationBuilder.CreateIndex(
                name: "OwnQuota",
                table: "Repositories",
                column: "HasOwnQuota",
                filter: "\"HasOwnQuota\"");

            migrationBuilder.CreateIndex(
                name: "PendingQuota",
                table: "Repositories",
                column: "QuotaPending",
                filter: "\"QuotaPending\"");

            migrationBuilder.CreateIndex(
                name: "WarnedOfQuota",
                table: "Repositories",
                column: "QuotaWarned",
                filter: "\"QuotaWarned\" > 0");

            migrationBuilder.CreateIndex(
                name: "IX_DriftProposals_RepositoryId_FoundAt",
                table: "DriftProposals",
                columns: new[] { "RepositoryId", "FoundAt" });

            migrationBuilder.CreateIndex(
                name: "IX_DriftProposals_State_FoundAt",
                table: "DriftProposals",
                columns: new[] { "State", "FoundAt" });

            migrationBuilder.CreateIndex(
                name: "OneOpenProposal",
                table: "DriftProposals",
                column: "RepositoryId",
                unique: true,
                filter: "\"State\" IN (0, 1)");

            migrationBuilder.CreateIndex(
                name: "IX_Names_RepositoryId",
                table: "Names",
                column: "RepositoryId");

            migrationBuilder.CreateIndex(
                name: "UnsettledNames",
                table: "Names",
                column: "State",
                filter: "\"State\" <> 1");

            migrationBuilder.CreateIndex(
                name: "IX_Protections_BackupDueAt",
                table: "Protections",
                column: "BackupDueAt");

            migrationBuilder.CreateIndex(
                name: "IX_Protections_OriginalDueAt",
                table: "Protections",
                column: "OriginalDueAt");

            migrationBuilder.CreateIndex(
                name: "IX_Protections_RehearsalDueAt",
                table: "Protections",
                column: "RehearsalDueAt");

            migrationBuilder.CreateIndex(
                name: "IX_Protections_State_StateSince",
                table: "Protections",
                columns: new[] { "State", "StateSince" });

            migrationBuilder.CreateIndex(
                name: "IX_Protections_VerificationDueAt",
                table: "Protections",
                column: "VerificationDueAt");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_Key",
                table: "Tasks",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_RepositoryId_RequestedAt",
                table: "Tasks",
                columns: new[] { "RepositoryId", "RequestedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_State_DueAt",
                table: "Tasks",
                columns: new[] { "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_TierRequests_RepositoryId_AskedAt",
                table: "TierRequests",
                columns: new[] { "RepositoryId", "AskedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_TierRequests_State_AskedAt",
                table: "TierRequests",
                columns: new[] { "State", "AskedAt" });

            migrationBuilder.CreateIndex(
                name: "OneOpenTierRequest",
                table: "TierRequests",
                column: "RepositoryId",
                unique: true,
                filter: "\"State\" = 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "DriftProposals");

            migrationBuilder.DropTable(
                name: "Names");

            migrationBuilder.DropTable(
                name: "Protections");

            migrationBuilder.DropTable(
                name: "RecordBackups");

            migrationBuilder.DropTable(
                name: "Rounds");

            migrationBuilder.DropTable(
                name: "Tasks");

            migrationBuilder.DropTable(
                name: "TierRequests");

            migrationBuilder.DropIndex(
                name: "IX_Tiers_Name",
                table: "Tiers");

            migrationBuilder.DropIndex(
                name: "IX_Tiers_Order",
                table: "Tiers");

            migrationBuilder.DropIndex(
                name: "IX_Repositories_GoneAt",
                table: "Repositories");

            migrationBuilder.DropIndex(
                name: "OwnQuota",
                table: "Repositories");

            migrationBuilder.DropIndex(
                name: "PendingQuota",
                table: "Repositories");

            migrationBuilder.DropIndex(
                name: "WarnedOfQuota",
                table: "Repositories");

            migrationBuilder.DropColumn(
                name: "ChosenBy",
                table: "Tiers");

            migrationBuilder.DropColumn(
                name: "MostAutomation",
                table: "Tiers");

            migrationBuilder.DropColumn(
                name: "MostBytes",
                table: "Tiers");

            migrationBuilder.DropColumn(
                name: "MostCommits",
                table: "Tiers");

            migrationBuilder.DropColumn(
                name: "MostOutsiders",
                table: "Tiers");

            migrationBuilder.DropColumn(
                name: "MostPeople",
                table: "Tiers");

            migrationBuilder.DropColumn(
                name: "NeedsApproval",
                table: "Tiers");

            migrationBuilder.DropColumn(
                name: "QuotaBytes",
                table: "Tiers");

            migrationBuilder.DropColumn(
                name: "RetentionSeconds",
                table: "Tiers");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "Tiers");

            migrationBuilder.DropColumn(
                name: "ArchivedAt",
                table: "Repositories");

            migrationBuilder.DropColumn(
                name: "ArchivedBy",
                table: "Repositories");

            migrationBuilder.DropColumn(
                name: "DeletedAt",
                table: "Repositories");

            migrationBuilder.DropColumn(
                name: "DeletedBy",
                table: "Repositories");

            migrationBuilder.DropColumn(
                name: "GoneAt",
                table: "Repositories");

            migrationBuilder.DropColumn(
                name: "HasOwnQuota",
                table: "Repositories");

            migrationBuilder.DropColumn(
                name: "OrphanedAt",
                table: "Repositories");

            migrationBuilder.DropColumn(
                name: "OwnQuotaBytes",
                table: "Repositories");

            migrationBuilder.DropColumn(
                name: "QuotaPending",
                table: "Repositories");

            migrationBuilder.DropColumn(
                name: "QuotaVersion",
                table: "Repositories");

            migrationBuilder.DropColumn(
                name: "QuotaWarned",
                table: "Repositories");
        }
    }
}
