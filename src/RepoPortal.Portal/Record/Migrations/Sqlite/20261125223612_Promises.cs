using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RepoPortal.Portal.Record.Migrations.Sqlite
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
                    RepositoryId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Generation = table.Column<int>(type: "INTEGER", nullable: false),
                    Revision = table.Column<long>(type: "INTEGER", nullable: true),
                    AsOf = table.Column<long>(type: "INTEGER", nullable: true),
                    SizeBytes = table.Column<long>(type: "INTEGER", nullable: false),
                    UnprotectedSince = table.Column<long>(type: "INTEGER", nullable: true),
                    BackupDueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CheckedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    BackupFailure = table.Column<string>(type: "TEXT", nullable: true),
                    BackupFailedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    BackupFailures = table.Column<int>(type: "INTEGER", nullable: false),
                    VerifiedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    VerificationDueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    VerificationFailure = table.Column<string>(type: "TEXT", nullable: true),
                    VerificationFailedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    OriginalVerifiedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    OriginalDueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Damage = table.Column<string>(type: "TEXT", nullable: true),
                    RehearsedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RehearsedMilliseconds = table.Column<long>(type: "INTEGER", nullable: true),
                    RehearsedBytes = table.Column<long>(type: "INTEGER", nullable: true),
                    RehearsalDueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RehearsalFailure = table.Column<string>(type: "TEXT", nullable: true),
                    RehearsalFailedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    StateSince = table.Column<long>(type: "INTEGER", nullable: false),
                    StateReason = table.Column<string>(type: "TEXT", nullable: false),
                    IsAlerted = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
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
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: true),
                    Failure = table.Column<string>(type: "TEXT", nullable: true),
                    TriedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RecordBackups", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Tasks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    RepositoryId = table.Column<Guid>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", nullable: true),
                    RequestedBy = table.Column<string>(type: "TEXT", nullable: false),
                    RequestedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Phase = table.Column<string>(type: "TEXT", nullable: false),
                    Done = table.Column<long>(type: "INTEGER", nullable: false),
                    Total = table.Column<long>(type: "INTEGER", nullable: true),
                    PhaseStartedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FirstEstimate = table.Column<long>(type: "INTEGER", nullable: true),
                    Sentence = table.Column<string>(type: "TEXT", nullable: true),
                    Parameters = table.Column<string>(type: "TEXT", nullable: false),
                    LeaseUntil = table.Column<long>(type: "INTEGER", nullable: true)
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
