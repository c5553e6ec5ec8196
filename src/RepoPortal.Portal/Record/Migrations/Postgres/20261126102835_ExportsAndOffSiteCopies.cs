using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RepoPortal.Portal.Record.Migrations.Postgres
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
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "OffSiteAt",
                table: "Nodes",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OffSiteFailure",
                table: "Nodes",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "OffSiteTriedAt",
                table: "Nodes",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Exports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RepositoryId = table.Column<Guid>(type: "uuid", nullable: false),
                    NodeName = table.Column<string>(type: "text", nullable: false),
                    FileName = table.Column<string>(type: "text", nullable: false),
                    Form = table.Column<int>(type: "integer", nullable: false),
                    Compression = table.Column<int>(type: "integer", nullable: false),
                    First = table.Column<long>(type: "bigint", nullable: false),
                    Last = table.Column<long>(type: "bigint", nullable: false),
                    Incremental = table.Column<bool>(type: "boolean", nullable: false),
                    Deltas = table.Column<bool>(type: "boolean", nullable: false),
                    RequestedBy = table.Column<string>(type: "text", nullable: false),
                    RequestedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Key = table.Column<byte[]>(type: "bytea", nullable: true),
                    SizeBytes = table.Column<long>(type: "bigint", nullable: true),
                    Sha256 = table.Column<string>(type: "text", nullable: true),
                    KeptUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
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
