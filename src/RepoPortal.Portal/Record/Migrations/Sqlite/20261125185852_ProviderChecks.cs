using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RepoPortal.Portal.Record.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ProviderChecks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "CheckedAt",
                table: "ExternalIdentities",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "Name",
                table: "ExternalIdentities",
                type: "TEXT",
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
