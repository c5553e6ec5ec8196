using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RepoPortal.Portal.Record.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ProviderChecks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "CheckedAt",
                table: "ExternalIdentities",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<string>(
                name: "Name",
                table: "ExternalIdentities",
                type: "text",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_ExternalIdentities_CheckedAt",
                table: "ExternalIdentities",
                column: "CheckedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ExternalIdentities_CheckedAt",
                table: "ExternalIdentities");

            migrationBuilder.DropColumn(
                name: "CheckedAt",
                table: "ExternalIdentities");

            migrationBuilder.DropColumn(
                name: "Name",
                table: "ExternalIdentities");
        }
    }
}
