using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RepoPortal.Portal.Record.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Promises : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Protections");

            migrationBuilder.DropTable(
                name: "RecordBackups");

            migrationBuilder.DropTable(
                name: "Tasks");
        }
    }
}
