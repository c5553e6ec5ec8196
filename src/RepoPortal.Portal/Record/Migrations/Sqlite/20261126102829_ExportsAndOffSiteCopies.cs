using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RepoPortal.Portal.Record.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ExportsAndOffSiteCopies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsOffSiteAlerted",
                table: "Nodes",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "OffSiteAt",
                table: "Nodes",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OffSiteFailure",
                table: "Nodes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "OffSiteTriedAt",
                table: "Nodes",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Exports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    RepositoryId = table.Column<Guid>(type: "TEXT", nullable: false),
                    NodeName = table.Column<string>(type: "TEXT", nullable: false),
                    FileName = table.Column<string>(type: "TEXT", nullable: false),
                    Form = table.Column<int>(type: "INTEGER", nullable: false),
                    Compression = table.Column<int>(type: "INTEGER", nullable: false),
                    First = table.Column<long>(type: "INTEGER", nullable: false),
                    Last = table.Column<long>(type: "INTEGER", nullable: false),
                    Incremental = table.Column<bool>(type: "INTEGER", nullable: false),
                    Deltas = table.Column<bool>(type: "INTEGER", nullable: false),
                    RequestedBy = table.Column<string>(type: "TEXT", nullable: false),
                    RequestedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Key = table.Column<byte[]>(type: "BLOB", nullable: true),
                    SizeBytes = table.Column<long>(type: "INTEGER", nullable: true),
                    Sha256 = table.Column<string>(type: "TEXT", nullable: true),
                    KeptUntil = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Exports", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Exports_Repositories_RepositoryId",
                        column: x => x.RepositoryId,
                        principalTable: "Repositories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Exports_KeptUntil",
                table: "Exports",
                column: "KeptUntil");

            migrationBuilder.CreateIndex(
                name: "IX_Exports_Key",
                table: "Exports",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Exports_RepositoryId",
                table: "Exports",
                column: "RepositoryId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Exports");

            migrationBuilder.DropColumn(
                name: "IsOffSiteAlerted",
                table: "Nodes");

            migrationBuilder.DropColumn(
                name: "OffSiteAt",
                table: "Nodes");

            migrationBuilder.DropColumn(
                name: "OffSiteFailure",
                table: "Nodes");

            migrationBuilder.DropColumn(
                name: "OffSiteTriedAt",
                table: "Nodes");
        }
    }
}
