using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RepoPortal.Portal.Record.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RepositoryLife : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "RetentionSeconds",
                table: "Tiers",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "ArchivedAt",
                table: "Repositories",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ArchivedBy",
                table: "Repositories",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DeletedAt",
                table: "Repositories",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DeletedBy",
                table: "Repositories",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "GoneAt",
                table: "Repositories",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "OrphanedAt",
                table: "Repositories",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Names",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    RepositoryId = table.Column<Guid>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false)
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

            migrationBuilder.UpdateData(
                table: "Tiers",
                keyColumn: "Id",
                keyValue: "best-effort",
                column: "RetentionSeconds",
                value: 2592000L);

            migrationBuilder.UpdateData(
                table: "Tiers",
                keyColumn: "Id",
                keyValue: "critical",
                column: "RetentionSeconds",
                value: 31536000L);

            migrationBuilder.UpdateData(
                table: "Tiers",
                keyColumn: "Id",
                keyValue: "standard",
                column: "RetentionSeconds",
                value: 7776000L);

            migrationBuilder.CreateIndex(
                name: "IX_Repositories_GoneAt",
                table: "Repositories",
                column: "GoneAt");

            migrationBuilder.CreateIndex(
                name: "IX_Names_RepositoryId",
                table: "Names",
                column: "RepositoryId");

            migrationBuilder.CreateIndex(
                name: "UnsettledNames",
                table: "Names",
                column: "State",
                filter: "\"State\" <> 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Names");

            migrationBuilder.DropIndex(
                name: "IX_Repositories_GoneAt",
                table: "Repositories");

            migrationBuilder.DropColumn(
                name: "RetentionSeconds",
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
                name: "OrphanedAt",
                table: "Repositories");
        }
    }
}
